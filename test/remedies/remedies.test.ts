// Every remedy: what it changes, in which order it is offered, and when it is not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pickSettings, type Settings } from '../../src/core/settings.ts';
import { applyChange } from '../../src/core/change.ts';
import { spoiltBatches } from '../../src/core/stateFaults.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import type { Finding } from '../../src/detectors/detector.ts';
import { detectors } from '../../src/detectors/index.ts';
import { divideRate } from '../../src/remedies/divideRate.ts';
import { emitSignals } from '../../src/remedies/emitSignals.ts';
import { remedies, remediesFor, remedyOf } from '../../src/remedies/index.ts';
import {
  rateDivisor,
  rateIsRaised,
  rewindOf,
  type Remedy,
  type RemedyContext,
} from '../../src/remedies/remedy.ts';
import { restoreRate } from '../../src/remedies/restoreRate.ts';
import { skipBatches } from '../../src/remedies/skipBatches.ts';
import { scenarios } from '../../src/scenarios/index.ts';

const every: readonly Remedy[] = remedies;
const detectorIds: readonly string[] = detectors.map(({ id }) => id);

function context(fields: object = {}, change: Partial<Settings> = {}): RemedyContext {
  const recipe = parseRecipe(fields);
  return { recipe, settings: { ...pickSettings(recipe), ...change } };
}

function ids(detector: string, of: RemedyContext): readonly string[] {
  return remediesFor(detector, of).map(({ id }) => id);
}

/** What faults leave behind: each alone, the rate raised beside it, and lowered. */
const left: readonly Partial<Settings>[] = [
  {},
  { keep: 24, mislabelled: 4 },
  { activation: 'sigmoid' },
  { activation: 'tanh' },
  { unemitted: ['validation_loss'] },
  { telemetry: 'per-weight' },
  { initialScale: 50 },
];
const factors = [0.001, 1, 10, 100];

const healthy = scenarios.filter(({ recipe }) => recipe.timeline.length === 0);
const finding: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 401,
  at: 402,
  evidence: [{ signal: 'loss', value: 3 }],
};

/** A run as each fault leaves it; where a batch was spoilt, with the finding that came of it. */
const broken: readonly (RemedyContext & { readonly name: string })[] = healthy.flatMap(({ id, recipe }) => {
  const settled = left.flatMap((change) =>
    factors.map((factor) => ({
      name: `${id}, rate ×${factor}, ${JSON.stringify(change)}`,
      recipe,
      settings: { ...pickSettings(recipe), ...change, learningRate: recipe.learningRate * factor },
    })),
  );
  const spoilt = { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 } as const;
  const timeline = [{ at: 400, by: 'bad-batch', change: spoilt }];
  const spoiltRun = {
    name: `${id}, a bad batch`,
    recipe: { ...recipe, timeline },
    settings: pickSettings(recipe),
    finding,
  };
  return [...settled, spoiltRun];
});

describe.each(every)('$id', (remedy) => {
  const offeredIn = broken.filter((run) => remedy.offered(run));

  test('is offered on some broken run', () => {
    expect(offeredIn.length).toBeGreaterThan(0);
  });

  test('is recorded as an entry that rewinds, and as one from here', () => {
    for (const run of offeredIn) {
      const change = remedy.change(run);
      for (const rewindTo of [384, 433]) {
        const timeline = [...run.recipe.timeline, { at: 433, by: remedy.id, rewindTo, change }];
        expect(parseRecipe({ ...run.recipe, timeline }).timeline).toEqual(timeline);
      }
    }
  });

  test('changes the settings in force, if it sets any', () => {
    for (const run of offeredIn) {
      const change = remedy.change(run);
      if (change.kind === 'set' || change.kind === 'scale-rate')
        expect(applyChange(run.settings, change)).not.toEqual(run.settings);
    }
  });

  test('that sets something does not offer the same again once it is set', () => {
    for (const run of offeredIn) {
      const change = remedy.change(run);
      if (change.kind !== 'set') continue;
      const after = { ...run, settings: applyChange(run.settings, change) };
      if (remedy.offered(after)) expect(remedy.change(after)).not.toEqual(change);
    }
  });

  test('says what it does, why, and what it cannot do', () => {
    for (const run of offeredIn) {
      for (const text of [remedy.title(run), remedy.limits(run)])
        expect(text).not.toMatch(/undefined|NaN|Infinity|^$/);
      expect(remedy.limits(run)).toMatch(/^[A-Z].+\.$/);
    }
    expect(remedy.why).toMatch(/^[A-Z].+\.$/);
  });

  test('answers detectors that there are', () => {
    const answered = Object.keys(remedy.answers);
    expect(answered.length).toBeGreaterThan(0);
    for (const id of answered) expect(detectorIds).toContain(id);
  });

  test('is found by its id, which a timeline may name', () => {
    expect(remedy.id).toMatch(/^[a-z0-9-]{1,40}$/);
    expect(remedyOf(remedy.id)).toBe(remedy);
  });
});

test('ids are unique; what is no remedy is none', () => {
  expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
  expect(remedyOf('edit')).toBeUndefined();
});

describe.each(detectorIds)('a finding of %s', (id) => {
  test('has a remedy on some broken run of every healthy scenario', () => {
    for (const scenario of healthy) {
      const runs = broken.filter(({ name }) => name.startsWith(`${scenario.id},`));
      expect(
        runs.some((run) => ids(id, run).length > 0),
        scenario.id,
      ).toBe(true);
    }
  });

  test('has its remedies in places 1, 2, 3 …, each once', () => {
    const places = every.flatMap(({ answers }) => Object.entries(answers).filter(([name]) => name === id));
    expect(places.map(([, place]) => place).sort((a, b) => a - b)).toEqual(
      places.map((_, index) => index + 1),
    );
  });
});

describe('offered are', () => {
  test('against dead neurons: batch norm, new weights, LeakyReLU 0.2, a lower rate, ELU last', () => {
    expect(ids('dead-neurons', context())).toEqual([
      'batch-norm',
      'reinitialise-dead',
      'leaky-relu',
      'lower-rate',
      'elu',
    ]);
    expect(remedyOf('leaky-relu')?.change(context())).toEqual({
      kind: 'set',
      settings: { activation: 'leaky-relu', slope: 0.2 },
    });
  });

  test.each(['loss-spike', 'nonfinite'])('against %s: divide the rate, then clip', (id) => {
    expect(ids(id, context({}, { learningRate: 10 }))).toEqual(['divide-rate', 'clip']);
  });

  test('against a bad batch: skip it, and that first', () => {
    const run = broken.find(({ name }) => name === 'ring, a bad batch')!;
    expect(ids('loss-spike', run)).toEqual(['skip-batches', 'divide-rate', 'clip']);
    const change = remedyOf('skip-batches')?.change(run);
    expect(change).toMatchObject({ kind: 'skip-batches' });
    const skipped = change?.kind === 'skip-batches' ? change : { from: NaN, steps: NaN };
    expect(skipped.from).toBeLessThanOrEqual(400);
    expect(skipped.from + skipped.steps).toBeGreaterThan(400);
  });

  test('against overfitting: give the data back, where it was taken; then stop at the best, decay, dropout', () => {
    const always = ['stop-at-best', 'weight-decay', 'dropout'];
    expect(ids('overfit', context({}, { keep: 24, mislabelled: 4 }))).toEqual(['give-data-back', ...always]);
    expect(ids('overfit', context())).toEqual(always);
  });

  test('against vanishing gradients: ReLU in place of a bounded activation, then batch norm', () => {
    expect(ids('vanishing-gradient', context({ activation: 'sigmoid' }))).toEqual(['relu', 'batch-norm']);
    expect(ids('vanishing-gradient', context())).toEqual(['batch-norm']);
  });

  test('against weights that began too large: the standard ones, and that first', () => {
    const large = context({ activation: 'tanh' }, { initialScale: 50 });
    expect(ids('saturation', large)).toEqual(['standard-initialisation', 'batch-norm']);
    expect(ids('exploding-gradient', large)).toEqual(['standard-initialisation', 'batch-norm-rewind']);
    const after = applyChange(large.settings, { kind: 'initialise' });
    expect(ids('saturation', { ...large, settings: after })).toEqual(['batch-norm']);
  });

  test('against exploding gradients and saturation: batch norm; the old rate where it was raised', () => {
    const raised = context({ activation: 'tanh' }, { learningRate: 10 });
    expect(ids('exploding-gradient', context())).toEqual(['batch-norm-rewind']);
    expect(ids('exploding-gradient', raised)).toEqual(['restore-rate']);
    expect(ids('saturation', context({ activation: 'tanh' }))).toEqual(['batch-norm']);
    expect(ids('saturation', raised)).toEqual(['restore-rate']);
  });

  test('against stalled training: the old rate where it was lowered, a higher one where it was not', () => {
    const lowered = context({}, { learningRate: 1e-4 });
    expect(ids('stalled', lowered)).toEqual(['restore-rate', 'batch-norm-rewind']);
    expect(applyChange(lowered.settings, restoreRate.change(lowered)).learningRate).toBe(0.1);
    expect(restoreRate.title(lowered)).toBe('learning rate back to 0.1');
    expect(ids('stalled', context({}, { learningRate: 0 }))).toContain('restore-rate');
    const blind = context({ activation: 'sigmoid' });
    expect(ids('stalled', blind)).toEqual(['relu', 'batch-norm-rewind', 'increase-rate']);
  });

  test('against what is hidden: emit it, by name where there are few', () => {
    const hidden = (...unemitted: string[]) => context({}, { unemitted });
    expect(ids('observability-gap', hidden('loss'))).toEqual(['emit-signals']);
    expect(ids('observability-gap', context())).toEqual([]);
    expect(emitSignals.title(hidden('loss', 'accuracy'))).toBe('emit loss and accuracy again');
    expect(emitSignals.title(hidden('loss', 'accuracy', 'gradient_norm'))).toBe('emit 3 signals again');
  });

  test('no cure of the units while the raised rate is in force', () => {
    for (const factor of [2, 10, 100]) {
      expect(ids('dead-neurons', context({}, { learningRate: 0.1 * factor }))).toEqual(['lower-rate']);
    }
  });

  test('no activation swap on any raised run, whatever the detector', () => {
    for (const run of broken.filter(rateIsRaised)) {
      for (const id of detectorIds) {
        for (const remedy of remediesFor(id, run))
          expect(JSON.stringify(remedy.change(run))).not.toContain('activation');
      }
    }
  });

  test('no batch norm for batches of one', () => {
    expect(ids('dead-neurons', context({ batch: 1 }))).not.toContain('batch-norm');
  });

  test('nothing against an unknown detector', () => {
    for (const id of ['drift', '__proto__', 'constructor', ''])
      expect(remediesFor(id, context())).toEqual([]);
  });
});

test('those that start from here are those that cure what they find', () => {
  const cures = every.filter(({ starts }) => starts === 'here').map(({ id }) => id);
  expect(cures).toContain('batch-norm');
  for (const id of ['clip', 'divide-rate', 'give-data-back', 'lower-rate', 'skip-batches', 'stop-at-best'])
    expect(cures).not.toContain(id);
});

test.each([
  ['here', { healthy: 384, best: 320 }, undefined],
  ['rewind', { healthy: 384, best: 320 }, 384],
  ['best', { healthy: 384, best: 320 }, 320],
  ['best', { healthy: 384 }, 384],
] as const)('a remedy that starts from %s of %o goes back to %s', (starts, checkpoints, step) => {
  expect(rewindOf({ starts }, checkpoints)).toBe(step);
});

describe('skipping bad batches', () => {
  const badBatch = (at: number): Intervention => ({
    at,
    by: 'bad-batch',
    change: { kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 },
  });
  const skipped = (from: number): Intervention => ({
    at: 410,
    by: 'skip-batches',
    rewindTo: 384,
    change: { kind: 'skip-batches', from, steps: 50 },
  });
  const run = (timeline: readonly Intervention[], onset?: number): RemedyContext => ({
    ...context({ timeline }),
    ...(onset !== undefined && { finding: { ...finding, onset, at: onset } }),
  });

  test('leaves out what is around the onset, and nothing is spoilt then', () => {
    const broken = run([badBatch(400)], 401);
    const change = skipBatches.change(broken);
    expect(change).toEqual({ kind: 'skip-batches', from: 381, steps: 200 });
    const timeline = [...broken.recipe.timeline, { at: 410, by: 'skip-batches', rewindTo: 384, change }];
    expect(spoiltBatches(timeline, 0)).toHaveLength(1);
    expect(spoiltBatches(timeline, 1)).toEqual([]);
  });

  test('begins at step 0 at the earliest', () => {
    expect(skipBatches.change(run([badBatch(3)], 4))).toEqual({ kind: 'skip-batches', from: 0, steps: 184 });
  });

  test.each([
    ['no batch is spoilt', run([], 401)],
    ['the spoilt one is long past', run([badBatch(100)], 401)],
    ['it has been skipped already', run([badBatch(400), skipped(380)], 401)],
    ['nobody knows when it began', run([badBatch(400)])],
  ])('is not offered where %s', (_, of) => {
    expect(skipBatches.offered(of)).toBe(false);
  });
});

describe('dividing the rate', () => {
  test.each(broken.filter(rateIsRaised))('brings $name back to the recipe’s own rate or below', (run) => {
    const { learningRate } = applyChange(run.settings, divideRate.change(run));
    expect(learningRate).toBeLessThanOrEqual(run.recipe.learningRate * (1 + 1e-12));
    expect(learningRate).toBeGreaterThan(run.recipe.learningRate / 100);
  });

  test('divides by a power of ten, the smallest that suffices, never by less than ten', () => {
    const divisors = [1e-3, 1, 9.9, 10, 10.1, 100, 101].map((factor) =>
      rateDivisor(context({ learningRate: 0.1 }, { learningRate: 0.1 * factor })),
    );
    expect(divisors).toEqual([10, 10, 10, 10, 100, 100, 1000]);
  });

  test('suffices at any rate', () => {
    const rate = fc.double({ min: 1e-4, max: 10, noNaN: true });
    fc.assert(
      fc.property(rate, fc.double({ min: 1, max: 1e5, noNaN: true }), (learningRate, factor) => {
        const run = context({ learningRate }, { learningRate: learningRate * factor });
        const after = applyChange(run.settings, divideRate.change(run)).learningRate;
        expect(after).toBeLessThanOrEqual(learningRate * (1 + 1e-8));
      }),
    );
  });

  test('says by how much', () => {
    expect(divideRate.title(context({}, { learningRate: 10 }))).toBe('learning rate ÷ 100');
    expect(divideRate.title(context())).toBe('learning rate ÷ 10');
  });

  test('is not offered at a rate of 0', () => {
    expect(divideRate.offered(context({}, { learningRate: 0 }))).toBe(false);
  });

  test('can be recorded where the recipe’s own rate is 0 and an edit raised it', () => {
    const run = context({ learningRate: 0 }, { learningRate: 0.1 });
    const timeline = [{ at: 9, by: 'divide-rate', rewindTo: 0, change: divideRate.change(run) }];
    expect(parseRecipe({ ...run.recipe, timeline }).timeline).toEqual(timeline);
  });
});
