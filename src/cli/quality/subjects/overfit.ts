// Overfitting: too few examples, some of them with wrong labels, from the start or from a step on.
import type { Draw } from '../draw.ts';
import { digits, digitSteps, net } from '../nets.ts';
import { mean } from '../statistics.ts';
import type { Effect, Trial } from '../trial.ts';
import type { Truth } from '../truth.ts';
import { truthOfTimeline } from '../truth.ts';
import { settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const steps = 2000;
/** Looks at the fresh split in a run. */
const looksPerRun = 50;
/** Fresh losses that are averaged: one alone swings with the last few batches. */
const smoothed = 3;
const clearFactor = 1.2;
const clearGap = 0.05;
const quietFactor = 1.05;
/** A share of wrong labels that a network can learn by heart; less is a little noise. */
const manyMislabelled = 0.1;

function smooth(losses: readonly number[]): readonly number[] {
  return losses.slice(smoothed - 1).map((_, k) => mean(losses.slice(k, k + smoothed)));
}

/**
 * The loss on 2,500 fresh examples ends above 1.2× its minimum and by more than 0.05: effective. Below 1.05×: clearly not. Means of three
 * looks, 40 steps apart in 2,000.
 */
export function judgeFresh(losses: readonly number[]): Effect {
  const series = smooth(losses);
  const [end = NaN, low] = [series.at(-1), Math.min(...series)];
  if (end > clearFactor * low && end - low > clearGap) return 'effective';
  return end < quietFactor * low ? 'none' : 'unclear';
}

function truth(trial: Trial): Truth {
  const every = Math.max(1, Math.floor(trial.steps / looksPerRun));
  const losses: number[] = [];
  return {
    ...truthOfTimeline(trial, 'none'),
    nextLook: (step) => Math.max(every, Math.ceil(step / every) * every),
    look: async (_, run) => {
      const loss = await run.freshLoss();
      if (loss !== undefined) losses.push(loss);
    },
    verdict: () => ({ effect: judgeFresh(losses), from: trial.at, early: 0, until: null }),
  };
}

function starved(draw: Draw, at: number, keep: number, mislabelled: number): Omit<Trial, 'label'> {
  const entry = fault(at, 'starve', { kind: 'set', settings: { keep, mislabelled } });
  return { recipe: withTimeline(net(draw), entry), at, steps };
}

const kinds: readonly Kind[] = [
  {
    label: 'keep 12–40 from a step on',
    weight: 4,
    make: (draw) => starved(draw, draw.whole(200, 800), draw.whole(12, 40), 0),
  },
  {
    label: 'keep 16–60, some mislabelled, from a step on',
    weight: 5,
    make: (draw) => starved(draw, draw.whole(200, 800), draw.whole(16, 60), draw.whole(2, 6)),
  },
  { label: 'keep 12–60 from the start', weight: 4, make: (draw) => starved(draw, 0, draw.whole(12, 60), 0) },
  {
    label: 'keep 24–90, an eighth mislabelled, from the start',
    weight: 5,
    make: (draw) => {
      const keep = draw.whole(24, 90);
      return starved(draw, 0, keep, Math.round(keep / 8));
    },
  },
  {
    label: 'digits, keep 20–40, some mislabelled',
    weight: 1,
    make: (draw) => {
      const at = draw.pick([0, 100]);
      const settings = { keep: draw.whole(20, 40), mislabelled: 4 };
      const entry = fault(at, 'starve', { kind: 'set', settings });
      return { recipe: withTimeline(digits(draw), entry), at, steps: digitSteps };
    },
  },
];

export const overfit = {
  id: 'overfit',
  trials: 230,
  kinds,
  concerns: (change, { train }) => {
    const { keep = 0, mislabelled = 0 } = settingsOf(change);
    return keep > 0 || mislabelled > manyMislabelled * train;
  },
  truth,
  judgesControls: true,
} as const satisfies Subject;
