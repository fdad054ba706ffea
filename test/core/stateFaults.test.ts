// What a timeline does to state and data: pushes, spoilt batches, and the drift of what users send.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, ChangeOf } from '../../src/core/change.ts';
import {
  biasPushes,
  productionAt,
  productionPeriods,
  spoiltAt,
  spoiltBatches,
  undrifted,
  type Production,
} from '../../src/core/stateFaults.ts';
import type { Intervention } from '../../src/core/timeline.ts';

const entry = (at: number, change: Change, rewindTo?: number): Intervention => ({
  at,
  by: 'edit',
  change,
  ...(rewindTo === undefined ? {} : { rewindTo }),
});
const rewind = (at: number, rewindTo: number) => entry(at, { kind: 'set', settings: {} }, rewindTo);
const push = (units: number) => ({ kind: 'push-biases', layer: 1, units, perStep: -0.1, steps: 70 }) as const;
const spoil = (at: number, steps: number, inputs = 3, swapped = false) =>
  entry(at, { kind: 'corrupt-batch', inputs, swapped, steps });
const skip = (at: number, from: number, steps: number, rewindTo?: number) =>
  entry(at, { kind: 'skip-batches', from, steps }, rewindTo);

describe('a bias push', () => {
  test('that opens a run begins where the run does', () => {
    const timeline = [entry(100, push(3)), entry(150, push(5), 120)];
    expect(biasPushes(timeline, 0)).toEqual([{ ...push(3), fromStep: 100 }]);
    expect(biasPushes(timeline, 1)).toEqual([{ ...push(5), fromStep: 120 }]);
  });

  test('runs beside others of its run', () => {
    const timeline = [entry(10, push(3)), entry(20, push(5))];
    expect(biasPushes(timeline, 0).map(({ fromStep, units }) => [fromStep, units])).toEqual([
      [10, 3],
      [20, 5],
    ]);
  });
});

/** First step, last step and factor of each. */
const spans = (timeline: readonly Intervention[], generation = 0) =>
  spoiltBatches(timeline, generation).map(({ fromStep, steps, inputs }) => [
    fromStep,
    fromStep + steps - 1,
    inputs,
  ]);

describe('spoilt batches', () => {
  test('are those from the step of their fault on, for as many steps as it says', () => {
    const timeline = [spoil(50, 3, -2, true)];
    expect(spoiltBatches(timeline, 0)).toEqual([{ fromStep: 50, steps: 3, inputs: -2, swapped: true }]);
    const [spoilt] = [spoiltBatches(timeline, 0)];
    expect([49, 50, 52, 53].map((step) => spoiltAt(spoilt, step).length)).toEqual([0, 1, 1, 0]);
  });

  test('come again in a run that rewinds to before them: they are bound to their steps', () => {
    expect(spans([spoil(50, 3), rewind(60, 40)], 1)).toEqual([[50, 52, 3]]);
    expect(spans([spoil(50, 3), rewind(60, 60), rewind(70, 0)], 2)).toEqual([[50, 52, 3]]);
  });

  test('that open a run stay at the step at which they were pressed', () => {
    const opening = entry(60, { kind: 'corrupt-batch', inputs: 3, swapped: false, steps: 2 }, 40);
    expect(spans([opening], 1)).toEqual([[60, 61, 3]]);
  });

  test('of a run that has not been opened yet are none of its parent’s', () => {
    expect(spans([rewind(60, 40), spoil(50, 3)], 0)).toEqual([]);
  });

  test('may meet in one step', () => {
    const spoilt = spoiltBatches([spoil(50, 5), spoil(52, 1, 7, true)], 0);
    expect(spoiltAt(spoilt, 52).map(({ inputs }) => inputs)).toEqual([3, 7]);
    expect(spoiltAt(spoilt, 53).map(({ inputs }) => inputs)).toEqual([3]);
  });

  test.each<[claim: string, from: number, steps: number, left: readonly (readonly number[])[]]>([
    ['all of them', 50, 10, []],
    ['more than there are', 0, 1000, []],
    ['their beginning', 40, 13, [[53, 59, 3]]],
    ['their end', 55, 100, [[50, 54, 3]]],
    [
      'their middle',
      52,
      3,
      [
        [50, 51, 3],
        [55, 59, 3],
      ],
    ],
    ['one step', 50, 1, [[51, 59, 3]]],
    ['what lies before them', 0, 50, [[50, 59, 3]]],
    ['what lies after them', 60, 9, [[50, 59, 3]]],
  ])('less those skipped: %s', (_, from, steps, left) => {
    expect(spans([spoil(50, 10), skip(70, from, steps, 40)], 1)).toEqual(left);
    expect(spans([spoil(50, 10), skip(70, from, steps, 40)], 0)).toEqual([[50, 59, 3]]);
  });

  test('skipped by an ancestor stay skipped', () => {
    expect(spans([spoil(50, 10), skip(70, 50, 10, 40), rewind(80, 30)], 2)).toEqual([]);
  });

  test('and skips in any order and number leave exactly the steps that no skip covers', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), fc.array(span, { maxLength: 4 }), (faults, skips) => {
        const timeline = [
          ...faults.map(([at, steps]) => spoil(at, steps)),
          ...skips.map(([from, steps]) => skip(99, from, steps)),
        ];
        const spoilt = spoiltBatches(timeline, 0);
        const covers =
          (step: number) =>
          ([at, steps]: readonly [number, number]) =>
            step >= at && step < at + steps;
        for (let step = 0; step < 100; step++) {
          const expected = skips.some(covers(step)) ? 0 : faults.filter(covers(step)).length;
          expect(spoiltAt(spoilt, step)).toHaveLength(expected);
        }
      }),
    );
  });
});

const drift = (steps: number, to: Partial<Production>): ChangeOf<'drift'> => ({
  kind: 'drift',
  ...undrifted,
  ...to,
  steps,
});
const shifts = (timeline: readonly Intervention[], generation: number, steps: readonly number[]) =>
  steps.map((step) => productionAt(timeline, generation, step).shift);

describe('what users send', () => {
  test('is as the validation set while nothing drifts', () => {
    expect(productionAt([], 0, 1000)).toEqual(undrifted);
    expect(productionAt([entry(10, push(3)), spoil(20, 5)], 0, 1000)).toEqual(undrifted);
    expect(productionAt([entry(10, drift(5, { shift: 1 }))], 0, 9)).toEqual(undrifted);
  });

  test('moves in a straight line over the steps of the drift, and stays there', () => {
    const timeline = [entry(100, drift(4, { shift: 2 }))];
    expect(shifts(timeline, 0, [99, 100, 101, 102, 103, 104, 5000])).toEqual([0, 0.5, 1, 1.5, 2, 2, 2]);
  });

  test('is somewhere else at once in a drift of a single step', () => {
    expect(shifts([entry(100, drift(1, { shift: 2 }))], 0, [99, 100])).toEqual([0, 2]);
  });

  test('moves in each of its numbers from where it was, and in the classes’ shares at once', () => {
    const all = { shift: -1, scale: 3, rotate: 90, noise: 0.5, prior: 0.8 };
    expect(productionAt([entry(0, drift(2, all))], 0, 0)).toEqual({
      shift: -0.5,
      scale: 2,
      rotate: 45,
      noise: 0.25,
      prior: 0.8,
    });
    expect(productionAt([entry(0, drift(2, all))], 0, 1)).toEqual(all);
  });

  test('goes back when it is told to', () => {
    const timeline = [entry(0, drift(1, { shift: 2, prior: 0.8 })), entry(50, drift(2, {}))];
    expect(shifts(timeline, 0, [49, 50, 51])).toEqual([2, 1, 0]);
    expect(productionAt(timeline, 0, 51)).toEqual(undrifted);
  });

  test('takes another course from where a drift under way had got to', () => {
    const timeline = [entry(0, drift(10, { shift: 10 })), entry(5, drift(1, { shift: -3 }))];
    expect(shifts(timeline, 0, [4, 5, 20])).toEqual([5, -3, -3]);
  });
});

describe('a rewind of the run', () => {
  const drifting = entry(100, drift(100, { shift: 100 }));

  test('does not rewind the world: the drift is as far as it was, and goes on', () => {
    const timeline = [drifting, rewind(150, 120)];
    expect(shifts(timeline, 0, [149, 150])).toEqual([50, 51]);
    expect(shifts(timeline, 1, [120, 121, 169, 170])).toEqual([51, 52, 100, 100]);
  });

  test('from here changes nothing', () => {
    expect(shifts([drifting, rewind(150, 150)], 1, [150, 199])).toEqual(shifts([drifting], 0, [150, 199]));
  });

  test('after another adds to it', () => {
    const timeline = [drifting, rewind(150, 120), rewind(130, 110)];
    // 150, then ten steps more, then ten steps more.
    expect(shifts(timeline, 1, [130])).toEqual([61]);
    expect(shifts(timeline, 2, [110, 120])).toEqual([61, 71]);
  });

  test('lets a drift pressed after it begin where it was pressed', () => {
    const timeline = [rewind(150, 100), entry(120, drift(4, { shift: 4 }))];
    expect(shifts(timeline, 1, [119, 120, 122, 123, 124])).toEqual([0, 1, 3, 4, 4]);
    expect(shifts([...timeline, rewind(122, 110)], 2, [110, 111])).toEqual([3, 4]);
  });

  test('that is itself the drift begins it where the run is opened', () => {
    expect(shifts([entry(150, drift(4, { shift: 4 }), 100)], 1, [100, 101, 103, 104])).toEqual([1, 2, 4, 4]);
  });

  test('leaves no jump: where a run is opened the world is where its parent’s was', () => {
    const step = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(step, step, step, fc.integer({ min: 1, max: 300 }), (begin, at, back, steps) => {
        const first = entry(begin, drift(steps, { shift: 1, rotate: 90 }));
        const timeline = [first, rewind(begin + at, Math.max(0, begin + at - back))];
        const opened = productionAt(timeline, 1, Math.max(0, begin + at - back));
        expect(opened).toEqual(productionAt(timeline, 0, begin + at));
      }),
    );
  });

  test('is at every evaluation what the last period before it says, and says so once where nothing moves', () => {
    const step = fc.integer({ min: 0, max: 200 });
    const length = fc.integer({ min: 1, max: 120 });
    fc.assert(
      fc.property(step, length, step, length, step, length, (a, first, b, second, back, every) => {
        const drifts = [entry(a, drift(first, { shift: 1 })), entry(b, drift(second, { rotate: 90 }))];
        const timeline = [...drifts, rewind(250, back), entry(back, drift(first, { noise: 2 }))];
        for (const generation of [0, 1]) {
          const periods = productionPeriods(timeline, generation, every);
          expect(periods.map(({ fromStep }) => fromStep % every).filter((rest) => rest !== 0)).toEqual([]);
          expect(periods.length).toBeLessThanOrEqual(1 + (2 * first + second) / every + 2 * 3);
          for (let at = 0; at < 600; at += every) {
            const inForce = periods.findLast(({ fromStep }) => fromStep <= at);
            expect(inForce?.production).toEqual(productionAt(timeline, generation, at));
          }
        }
      }),
    );
    expect(productionPeriods([], 0, 10)).toEqual([{ fromStep: 0, production: undrifted }]);
  });
});
