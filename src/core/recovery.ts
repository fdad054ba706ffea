// When a run is as good again as it would have been: the measure behind "steps lost".

/** Validation losses at their evaluation steps, in order of steps. */
export interface EvaluationSeries {
  readonly steps: readonly number[];
  readonly losses: readonly number[];
}

/** Recovered = validation loss within 10 % of the twin's. */
const recoveryMargin = 0.1;
/** Evaluations over which the two losses are compared: a single one is noise. */
const smoothed = 3;

function meanAround(series: EvaluationSeries, index: number): number {
  const from = Math.max(0, index - smoothed + 1);
  const part = series.losses.slice(from, index + 1);
  return part.reduce((sum, loss) => sum + loss, 0) / part.length;
}

/** For each step that both evaluated, from `from` on: whether the run is within 10 % of its twin. */
function comparisons(run: EvaluationSeries, twin: EvaluationSeries, from: number) {
  const twinIndex = new Map(twin.steps.map((step, index) => [step, index]));
  return run.steps.flatMap((step, index) => {
    const other = twinIndex.get(step);
    if (step < from || other === undefined) return [];
    return [{ step, within: meanAround(run, index) <= (1 + recoveryMargin) * meanAround(twin, other) }];
  });
}

export interface Recovery {
  /** First compared step from which on the run stayed within 10 % of its twin; undefined = not yet. */
  readonly at: number | undefined;
  /** Last step that both had evaluated; undefined = nothing to compare yet. */
  readonly seenTo: number | undefined;
}

/** Compares a run with its twin from step `from` on. NaN losses are never within. */
export function recovery(run: EvaluationSeries, twin: EvaluationSeries, from: number): Recovery {
  const compared = comparisons(run, twin, from);
  const lastBad = compared.findLastIndex(({ within }) => !within);
  return { at: compared[lastBad + 1]?.step, seenTo: compared.at(-1)?.step };
}
