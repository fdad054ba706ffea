// Arbitrary recipes for tests: every field over its range, timelines with every kind of change, rewinds and thresholds.
import fc from 'fast-check';
import type { Recipe } from '../../src/core/recipe.ts';
import { activations, schedules, telemetryLevels, type SettingsChange } from '../../src/core/settings.ts';
import type { Change } from '../../src/core/change.ts';
import type { Intervention } from '../../src/core/timeline.ts';
import { datasets, parseRecipe } from '../../src/data/index.ts';
import { thresholdNames } from '../../src/detectors/index.ts';
import { faults } from '../../src/faults/index.ts';
import { remedies } from '../../src/remedies/index.ts';
import { signals } from '../../src/signals/index.ts';

/** No −0: it reads back as 0, which is the same number. */
function real(min: number, max: number): fc.Arbitrary<number> {
  const any = fc.double({ min, max, noNaN: true });
  const short = fc.integer({ min: Math.ceil(min * 100), max: Math.floor(max * 100) }).map((n) => n / 100);
  return fc.oneof(short, any).map((value) => (value === 0 ? 0 : value));
}

const whole = (min: number, max: number) => fc.integer({ min, max });

const settings = {
  learningRate: real(0, 1e6),
  schedule: fc.constantFrom(...schedules),
  warmUp: whole(0, 20_000),
  scheduleSteps: whole(1, 20_000),
  scheduleFactor: real(0, 1),
  momentum: real(0, 0.9999),
  l2: real(0, 10),
  clipNorm: real(0, 1e6),
  dropout: real(0, 0.95),
  activation: fc.constantFrom(...activations),
  slope: real(0, 1),
  batchNorm: fc.boolean(),
  initialBias: real(-10, 10),
  initialScale: real(0, 100),
  keep: whole(0, 16_000),
  validationFrom: fc.constantFrom('split', 'production'),
  unemitted: fc.uniqueArray(fc.constantFrom(...signals.map(({ id }) => id)), { maxLength: 20 }),
  telemetry: fc.constantFrom(...telemetryLevels),
};

const fields = fc.record({
  seed: whole(0, 0xffffffff),
  dataset: fc.constantFrom(...datasets).chain(({ id, classes, examples }) => {
    const held = examples({ own: 'none' });
    return fc.record({
      data: fc.constant(id),
      classes: whole(classes.low, classes.high),
      train: whole(1, Math.min(16_000, Math.ceil(held / 2))),
      validation: whole(1, Math.min(4000, Math.floor(held / 2))),
    });
  }),
  noise: real(0, 2),
  hidden: fc.array(whole(1, 512), { maxLength: 6 }),
  loss: fc.constantFrom('sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'),
  optimizer: fc.constantFrom('sgd', 'momentum', 'adam'),
  batch: whole(1, 1024),
  validateEvery: whole(1, 10_000),
  checkpointEvery: whole(1, 10_000),
  ...settings,
  mislabelledShare: real(0, 1),
  thresholds: fc.dictionary(fc.constantFrom(...thresholdNames), real(-1e9, 1e9)),
});

const steps = whole(1, 100_000);

/** No more are mislabelled than are kept. */
function withinKept(some: SettingsChange): SettingsChange {
  const { keep = 0, mislabelled = 0 } = some;
  return keep > 0 && mislabelled > keep ? { ...some, mislabelled: mislabelled % (keep + 1) } : some;
}

function changeOf(hidden: readonly number[]): fc.Arbitrary<Change> {
  const set = fc
    .record({ ...settings, mislabelled: whole(0, 16_000) }, { requiredKeys: [] })
    .map((some): Change => ({ kind: 'set', settings: withinKept(some) }));
  const scale = real(1e-6, 1e6)
    .filter((factor) => factor >= 1e-6)
    .map((factor): Change => ({ kind: 'scale-rate', factor }));
  const others: readonly fc.Arbitrary<Change>[] = [
    fc.record({
      kind: fc.constant('corrupt-batch' as const),
      inputs: real(-1000, 1000),
      swapped: fc.boolean(),
      steps,
    }),
    fc.record({ kind: fc.constant('skip-batches' as const), from: whole(0, 0xfffffff), steps }),
    fc.record({
      kind: fc.constant('drift' as const),
      shift: real(-10, 10),
      scale: real(0, 10),
      rotate: real(-360, 360),
      noise: real(0, 10),
      prior: real(0, 1),
      steps,
    }),
  ];
  if (hidden.length === 0) return fc.oneof(set, scale, ...others);
  const push = whole(1, hidden.length).chain((layer) =>
    fc
      .record({ units: whole(1, hidden[layer - 1]!), perStep: real(-1000, 1000), steps })
      .map((rest): Change => ({ kind: 'push-biases', layer, ...rest })),
  );
  return fc.oneof(set, scale, push, ...others);
}

/** Entries in the order pressed: each at or above the step that its run has reached; some rewind, some fork from here. */
function timelineOf(hidden: readonly number[]): fc.Arbitrary<readonly Intervention[]> {
  const press = fc.record({
    after: fc.oneof(fc.constant(0), whole(0, 1000)),
    by: fc.constantFrom('edit', ...faults.map(({ id }) => id), ...remedies.map(({ id }) => id)),
    back: fc.option(fc.oneof(fc.constant(1), real(0, 1)), { nil: undefined }),
    change: changeOf(hidden),
    redraws: fc.boolean(),
  });
  return fc.array(press, { maxLength: 8 }).map((presses) => {
    let reached = 0;
    return presses.map(({ after, by, back, change, redraws }): Intervention => {
      const at = reached + after;
      if (back === undefined) {
        reached = at;
        return { at, by, change };
      }
      reached = Math.floor(at * back);
      // Weights change at the start of a run alone.
      return { at, by, rewindTo: reached, change: redraws ? { kind: 'reinitialise' } : change };
    });
  });
}

export const recipes: fc.Arbitrary<Recipe> = fields.chain(({ dataset, mislabelledShare, ...rest }) =>
  timelineOf(rest.hidden).map((timeline) => {
    const most = Math.min(rest.keep || dataset.train, dataset.train);
    const mislabelled = Math.floor(mislabelledShare * most);
    return parseRecipe({ ...rest, ...dataset, mislabelled, timeline });
  }),
);
