// The receipt of a repair: steps lost with the alert, and without it. Every number comes from the runs at hand.
import { recovery, type EvaluationSeries } from '../../core/recovery.ts';

/** Without the alert, a run is watched to this step at least, and for so many steps after the remedy. */
const horizonStep = 2000;
const horizonSteps = 1000;

/** Step to which the broken run and its twin are watched. */
export function horizonOf(pressedAt: number): number {
  return Math.max(horizonStep, pressedAt + horizonSteps);
}

export interface ReceiptRuns {
  /** Step at which the fault was pressed. */
  readonly faultAt: number;
  /** Step at which the remedy was pressed. */
  readonly pressedAt: number;
  /** Step from which the repaired run started. */
  readonly startedAt: number;
  readonly validateEvery: number;
  readonly repaired: EvaluationSeries;
  readonly broken: EvaluationSeries;
  readonly twin: EvaluationSeries;
}

/** A count of steps; `open` = at least so many: it goes on, or was watched no further. */
export interface Steps {
  readonly steps: number;
  readonly open: boolean;
}

export interface Receipt {
  /** Steps discarded by the rewind. */
  readonly discarded: number;
  /** Steps from the start of the repaired run until it was as good as without the fault; undefined = not yet. */
  readonly regained: number | undefined;
  /** Whether there is an evaluation of both yet; until then the run is neither behind nor as good. */
  readonly compared: boolean;
  /** The two together. */
  readonly lost: Steps;
  /** The broken run, left alone; undefined = not watched to the horizon yet. */
  readonly without: Steps | undefined;
  /** Step to which the broken run has been watched, and is to be. */
  readonly watchedTo: number;
  readonly horizon: number;
}

function upTo(series: EvaluationSeries, last: number): EvaluationSeries {
  const count = series.steps.filter((step) => step <= last).length;
  return { steps: series.steps.slice(0, count), losses: series.losses.slice(0, count) };
}

/** Steps from the start until as good again. As good at the first look = none were needed. */
function regainedSteps({ repaired, twin, startedAt }: ReceiptRuns): number | undefined {
  const { at } = recovery(repaired, twin, startedAt);
  if (at === undefined) return undefined;
  const seen = new Set(twin.steps);
  const first = repaired.steps.find((step) => step >= startedAt && seen.has(step));
  return at === first ? 0 : at - startedAt;
}

export function receiptOf(runs: ReceiptRuns): Receipt {
  const { startedAt, pressedAt, faultAt, repaired, broken, twin } = runs;
  const horizon = horizonOf(pressedAt);
  const discarded = pressedAt - startedAt;
  const regained = regainedSteps(runs);
  const seen = recovery(repaired, twin, startedAt).seenTo;
  const seenTo = seen ?? startedAt;
  const alone = recovery(upTo(broken, horizon), upTo(twin, horizon), faultAt);
  const watchedTo = alone.seenTo ?? faultAt;
  const without: Steps =
    alone.at === undefined
      ? { steps: watchedTo - faultAt, open: true }
      : { steps: alone.at - faultAt, open: false };
  return {
    discarded,
    regained,
    compared: seen !== undefined,
    lost: { steps: discarded + (regained ?? seenTo - startedAt), open: regained === undefined },
    without: watchedTo > horizon - 2 * runs.validateEvery ? without : undefined,
    watchedTo,
    horizon,
  };
}
