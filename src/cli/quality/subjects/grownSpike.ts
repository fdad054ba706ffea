// Spikes that nobody presses: the loss over the whole training set leaves its own median.
import { median } from '../statistics.ts';
import type { Trial } from '../trial.ts';
import type { Truth } from '../truth.ts';

/** Looks that the median is taken over. */
const window = 100;
const factor = 1.5;
/** The jump of a first spike is far larger; a loss near 0.1 leaves 1.5× its median by chance. */
const least = 0.2;
/** Instability grows for some ten steps before the loss jumps: an alarm up to this much earlier is of the same spike. */
const early = 50;
const late = 20;

/** Effective when the loss exceeds 1.5× the median of its last 100 values, and by more than 0.2; latency counts from there. */
export function grownTruth(trial: Trial): Truth {
  const losses: number[] = [];
  let from: number | undefined;
  return {
    needsTwin: false,
    nextLook: (step) => (from === undefined && step <= trial.steps - late ? step : Infinity),
    look: async (step, run) => {
      const loss = await run.trainLoss();
      const usual = median(losses);
      if (losses.length === window && !(loss <= Math.max(factor * usual, usual + least))) from = step;
      losses.push(loss);
      if (losses.length > window) losses.shift();
    },
    verdict: () =>
      from === undefined
        ? { effect: 'none', from: trial.at, early: 0 }
        : { effect: 'effective', from, early },
  };
}
