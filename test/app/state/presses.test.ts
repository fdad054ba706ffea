// What presses send: remedies, fresh starts, and the replay of a fault against a remedy.
import { describe, expect, test } from 'vitest';
import type { Position } from '../../../src/app/state/chapter.ts';
import { chapterOf } from '../../../src/app/state/chapter.ts';
import {
  faultContext,
  freshStartEntries,
  heldEntries,
  needsFreshRun,
  remedyEntries,
} from '../../../src/app/state/presses.ts';
import type { Change } from '../../../src/core/change.ts';
import type { Intervention } from '../../../src/core/timeline.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { killRelus } from '../../../src/faults/killRelus.ts';
import { raiseRate } from '../../../src/faults/raiseRate.ts';
import { batchNorm } from '../../../src/remedies/batchNorm.ts';
import { divideRate } from '../../../src/remedies/divideRate.ts';

const raised: Intervention = { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } };
const starved: Intervention = {
  at: 400,
  by: 'starve',
  change: { kind: 'set', settings: { keep: 24, mislabelled: 4 } },
};
const pushed: Intervention = {
  at: 400,
  by: 'kill-relus',
  change: { kind: 'push-biases', layer: 1, units: 14, perStep: -0.1, steps: 70 },
};

function position(timeline: readonly Intervention[], generation: number, step: number): Position {
  return { recipe: parseRecipe({ timeline }), generation, step };
}

function opened(at: number, by: string, rewindTo: number, change: Change): Intervention {
  return { at, by, rewindTo, change };
}

const divided = opened(420, 'divide-rate', 384, { kind: 'scale-rate', factor: 0.1 });
const normed = opened(470, 'batch-norm', 470, { kind: 'set', settings: { batchNorm: true } });
const checkpoints = [0, 64, 128, 192, 256, 320, 384, 448];

describe('where a run stands', () => {
  test.each([
    ['healthy', [], 0, 100],
    ['broken', [raised], 0, 402],
    ['healthy', [raised], 0, 300],
    ['repaired', [raised, divided], 1, 500],
    ['broken', [raised, divided, { ...raised, at: 600 }], 1, 650],
    ['replayed', [raised, divided, raised], 1, 390],
  ] as const)('%s', (chapter, timeline, generation, step) => {
    expect(chapterOf(position(timeline, generation, step))).toBe(chapter);
  });
});

test('a remedy rewinds to the healthy checkpoint, or starts from here', () => {
  const broken = position([raised], 0, 420);
  expect(remedyEntries(divideRate, broken, { healthy: 384 })).toEqual([
    { kind: 'open', by: 'divide-rate', rewindTo: 384, change: { kind: 'scale-rate', factor: 0.1 } },
  ]);
  expect(remedyEntries(batchNorm, position([pushed], 0, 470), { healthy: 384 })).toEqual([
    { kind: 'open', by: 'batch-norm', change: { kind: 'set', settings: { batchNorm: true } } },
  ]);
});

test('presses are counted on this run alone', () => {
  expect(faultContext(position([raised, raised], 0, 420), raiseRate).presses).toBe(2);
  expect(faultContext(position([raised, divided], 1, 420), raiseRate).presses).toBe(0);
});

describe('another fault on a broken run', () => {
  test('needs a fresh run once there is an alert; the same fault does not', () => {
    const broken = position([raised], 0, 420);
    expect(needsFreshRun(broken, killRelus, true)).toBe(true);
    expect(needsFreshRun(broken, killRelus, false)).toBe(false);
    expect(needsFreshRun(broken, raiseRate, true)).toBe(false);
  });

  test('starts under the settings from before the first fault', () => {
    const broken = position([{ ...starved, at: 390 }, raised], 0, 420);
    expect(freshStartEntries(broken, 384)).toEqual([
      {
        kind: 'open',
        by: 'edit',
        rewindTo: 384,
        change: { kind: 'set', settings: { learningRate: 0.1, keep: 0, mislabelled: 0 } },
      },
    ]);
  });
});

describe('would it have held?', () => {
  test('÷ 10 is applied to the rate from before the fault, which then comes again at its step', () => {
    const entries = heldEntries(
      position([raised, divided], 1, 500),
      position([raised], 0, 1500),
      checkpoints,
    );
    expect(entries).toEqual([
      {
        kind: 'open',
        by: 'divide-rate',
        rewindTo: 384,
        change: { kind: 'set', settings: { learningRate: expect.closeTo(0.01, 12) as number } },
      },
      { kind: 'later', entry: raised },
    ]);
  });

  test('every press of the fault is replayed', () => {
    const again = { ...raised, at: 410 };
    const by100 = { ...divided, change: { kind: 'scale-rate', factor: 0.01 } } as const;
    const entries = heldEntries(
      position([raised, again, by100], 1, 500),
      position([raised, again], 0, 1500),
      checkpoints,
    );
    expect(entries?.slice(1)).toEqual([
      { kind: 'later', entry: raised },
      { kind: 'later', entry: again },
    ]);
    expect(entries?.[0]).toMatchObject({
      change: { settings: { learningRate: expect.closeTo(0.001, 12) as number } },
    });
  });

  test('a setting of the remedy is in force before the push comes', () => {
    const entries = heldEntries(position([pushed, normed], 1, 600), position([pushed], 0, 2000), checkpoints);
    expect(entries).toEqual([
      {
        kind: 'open',
        by: 'batch-norm',
        rewindTo: 384,
        change: { kind: 'set', settings: { batchNorm: true } },
      },
      { kind: 'later', entry: pushed },
    ]);
  });

  test('data taken away is there again until the fault takes it a second time', () => {
    const given = opened(520, 'give-data-back', 384, { kind: 'set', settings: { keep: 0, mislabelled: 0 } });
    const entries = heldEntries(
      position([starved, given], 1, 600),
      position([starved], 0, 2000),
      checkpoints,
    );
    expect(entries?.[0]).toMatchObject({ change: { settings: { keep: 0, mislabelled: 0 } } });
    expect(entries?.[1]).toEqual({ kind: 'later', entry: starved });
  });

  test('is not offered without a fault, or without a checkpoint before it', () => {
    expect(heldEntries(position([divided], 1, 500), position([], 0, 900), checkpoints)).toBeUndefined();
    expect(
      heldEntries(position([raised, divided], 1, 500), position([raised], 0, 900), [448]),
    ).toBeUndefined();
  });
});
