// Truth on small runs: twins, whole sets and fresh examples, never rows.
import { describe, expect, test } from 'vitest';
import { work, type Job } from '../../src/cli/quality/job.ts';
import { pressRemedies } from '../../src/cli/quality/remedyTrial.ts';
import { judgeSilent } from '../../src/cli/quality/subjects/deadNeurons.ts';
import { judgeFresh } from '../../src/cli/quality/subjects/overfit.ts';
import { subjectOf, subjects } from '../../src/cli/quality/subjects/index.ts';
import type { Outcome } from '../../src/cli/quality/trial.ts';
import type { Change } from '../../src/core/change.ts';
import { parseRecipe } from '../../src/data/index.ts';

/** Ring, small enough for a test. */
const small = { train: 500, validation: 200, batch: 64, learningRate: 0.2 };

function faultJob(subject: string, at: number, steps: number, change: Change, recipe: object = {}): Job {
  const timeline = [{ at, by: 'fault', change }];
  return {
    kind: 'fault',
    subject,
    trial: { label: subject, recipe: parseRecipe({ ...small, ...recipe, timeline }), at, steps },
  };
}

async function outcomeOf(job: Job): Promise<Outcome> {
  const done = await work(job);
  if (done.kind !== 'trained') throw new Error('no outcome');
  return done.outcome;
}

async function effectOf(job: Job): Promise<string | undefined> {
  return Object.values((await outcomeOf(job)).verdicts)[0]?.effect;
}

const set = (settings: Extract<Change, { kind: 'set' }>['settings']): Change => ({ kind: 'set', settings });
const push = (units: number): Change => ({ kind: 'push-biases', layer: 1, units, perStep: -5, steps: 1 });
const drift = { kind: 'drift', shift: 0.5, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 1 } as const;
const deep = { hidden: [8, 8, 8, 8, 8] };

describe('a fault that does something is effective, one that does nothing is not', () => {
  const cases: readonly [effect: string, subject: string, job: Job][] = [
    ['effective', 'loss-spike', faultJob('loss-spike', 150, 250, { kind: 'scale-rate', factor: 30 })],
    ['none', 'loss-spike', faultJob('loss-spike', 150, 250, { kind: 'scale-rate', factor: 1.2 })],
    ['effective', 'dead-neurons', faultJob('dead-neurons', 100, 500, push(14))],
    ['none', 'dead-neurons', faultJob('dead-neurons', 100, 500, push(1))],
    ['effective', 'overfit', faultJob('overfit', 0, 800, set({ keep: 12, mislabelled: 3 }))],
    [
      'effective',
      'nonfinite',
      faultJob(
        'nonfinite',
        50,
        250,
        { kind: 'scale-rate', factor: 1e6 },
        { activation: 'linear', loss: 'squared-error' },
      ),
    ],
    ['none', 'nonfinite', faultJob('nonfinite', 50, 250, { kind: 'scale-rate', factor: 2 })],
    ['effective', 'input-shift', faultJob('input-shift', 50, 60, drift)],
    ['effective', 'exploding-gradient', faultJob('exploding-gradient', 0, 5, set({ initialScale: 10 }))],
    ['none', 'exploding-gradient', faultJob('exploding-gradient', 0, 5, set({ initialScale: 1.1 }))],
    [
      'effective',
      'vanishing-gradient',
      faultJob('vanishing-gradient', 0, 500, set({ activation: 'sigmoid' }), deep),
    ],
    [
      'effective',
      'saturation',
      faultJob('saturation', 0, 300, set({ initialScale: 30 }), { activation: 'tanh' }),
    ],
    [
      'none',
      'saturation',
      faultJob('saturation', 0, 300, set({ initialScale: 1.1 }), { activation: 'tanh' }),
    ],
    ['effective', 'stalled', faultJob('stalled', 0, 300, set({ learningRate: 0 }))],
    ['none', 'stalled', faultJob('stalled', 0, 300, set({ learningRate: 0.1 }))],
    ['effective', 'observability-gap', faultJob('observability-gap', 5, 40, set({ unemitted: ['loss'] }))],
    ['none', 'observability-gap', faultJob('observability-gap', 5, 40, set({ unemitted: ['update_ratio'] }))],
    [
      'effective',
      'over-instrumentation',
      faultJob('over-instrumentation', 5, 40, set({ telemetry: 'per-weight' })),
    ],
    [
      'none',
      'over-instrumentation',
      faultJob('over-instrumentation', 5, 40, set({ telemetry: 'per-neuron' })),
    ],
  ];
  test.each(cases)('%s: %s', { timeout: 20_000 }, async (effect, _, job) => {
    expect(await effectOf(job)).toBe(effect);
  });

  test('every detector is among them', () => {
    expect(new Set(cases.map(([, subject]) => subject))).toEqual(new Set(subjects.map(({ id }) => id)));
  });
});

test('a spike that grows is dated by the loss over the training set, and looks at no twin', async () => {
  const trial = {
    label: 'grown',
    recipe: parseRecipe({
      ...small,
      timeline: [{ at: 0, by: 'fault', change: { kind: 'scale-rate', factor: 1 } }],
    }),
    at: 0,
    steps: 300,
  };
  const truth = subjectOf('loss-spike').truth(trial);
  expect(truth.needsTwin).toBe(false);
  const glass = (loss: number) => ({ trainLoss: () => Promise.resolve(loss) }) as never;
  for (let step = truth.nextLook(0); step < 200; step = truth.nextLook(step + 1)) {
    const loss = step < 180 ? 0.02 : 0.035 * (step - 179);
    await truth.look(step, glass(loss), glass(0));
  }
  expect(truth.verdict()).toMatchObject({ effect: 'effective', from: 180 });
  expect(truth.nextLook(190)).toBe(Infinity);
});

test('fresh loss: 1.2× its minimum and 0.05 above is overfit, below 1.05× is clearly not', () => {
  const flat = Array.from({ length: 20 }, () => 0.2);
  expect(judgeFresh([...flat, 0.4, 0.4, 0.4])).toBe('effective');
  expect(judgeFresh([...flat, 0.22, 0.22, 0.22])).toBe('unclear');
  expect(judgeFresh([...flat, 0.201, 0.201, 0.201])).toBe('none');
  expect(judgeFresh([...flat.map(() => 0.01), 0.03, 0.03, 0.03])).toBe('unclear');
  expect(judgeFresh([])).toBe('unclear');
});

test('dead: a fifth and at least two units, at every look, and more than in the twin', () => {
  const layer = (...silent: number[]) => [Array.from({ length: 10 }, (_, unit) => silent.includes(unit))];
  expect(judgeSilent([layer(1, 2), layer(1, 2, 3)], [layer(), layer()])).toBe('effective');
  expect(judgeSilent([layer(1, 2), layer(2, 3)], [layer(), layer()])).toBe('none');
  expect(judgeSilent([layer(1, 2)], [layer(5, 6)])).toBe('unclear');
  expect(judgeSilent([layer(1)], [layer()])).toBe('none');
});

test('a control is healthy, and what detectors say of it comes as spans', { timeout: 20_000 }, async () => {
  const trial = { label: 'plain', recipe: parseRecipe({ seed: 5 }), at: 0, steps: 300 };
  const { verdicts, firing } = await outcomeOf({ kind: 'control', trial });
  expect(verdicts['overfit']).toMatchObject({ effect: 'none' });
  expect(firing).toEqual({});
});

test('a remedy is held against doing nothing from the same checkpoint', { timeout: 30_000 }, async () => {
  const change: Change = { kind: 'scale-rate', factor: 100 };
  const timeline = [{ at: 200, by: 'raise-rate', change }];
  const recipe = parseRecipe({ ...small, learningRate: 0.1, timeline });
  const pressed = await pressRemedies(
    { label: '×100', recipe, at: 200, steps: 500 },
    'loss-spike',
    0,
    'loss',
  );
  expect(pressed[0]).toMatchObject({ isFirst: true, recovered: true, recoveredByNothing: false });
});
