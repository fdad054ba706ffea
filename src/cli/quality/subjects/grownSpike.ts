// Spikes that nobody presses: the loss over the whole training set leaves its own median.
import { median } from '../statistics.ts';
import type { Trial } from '../trial.ts';
import type { Truth } from '../truth.ts';

/** Looks that the median is taken over. */
const window = 100;
const factor = 1.5;
/** A spike rises by this much; on its way there it is dated by the step at which it left the median. */
const least = 0.2;
/** Instability grows for some ten steps before the loss jumps: an alarm up to this much earlier is of the same spike. */
const early = 50;
const late = 100;

/**
 * Effective when the loss exceeds 1.5× the median of its last 100 values and goes on to exceed it by more than 0.2. Latency counts from the
 * step at which it left 1.5×.
 */
export function grownTruth(trial: Trial): Truth {
  const losses: number[] = [];
  let left: number | undefined;
  let spiked = false;
  return {
    needsTwin: false,
    nextLook: (step) => (!spiked && step <= trial.steps ? step : Infinity),
    look: async (step, run) => {
      const loss = await run.trainLoss();
      const usual = losses.length === window ? median(losses) : Infinity;
      // NaN is above everything.
      if (loss <= factor * usual) left = undefined;
      else left ??= step;
      spiked = left !== undefined && !(loss <= usual + least);
      losses.push(loss);
      if (losses.length > window) losses.shift();
    },
    verdict: () =>
      spiked && left !== undefined
        ? { effect: 'effective', from: left, early, until: left + late }
        : { effect: 'none', from: trial.at, early: 0, until: null },
  };
}
