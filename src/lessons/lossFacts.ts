// What a loss did around a spike, from the rows of a run.
import type { RunFacts } from './lesson.ts';

const loss = (run: Pick<RunFacts, 'value'>, step: number): number => run.value('loss', step) ?? NaN;

/** Steps before a spike that are its measure, and how many of them right before it are left out. */
const [measured, left] = [60, 10];

/** Mean loss shortly before a step. */
export function lossBefore(run: Pick<RunFacts, 'value'>, step: number): number {
  let sum = 0;
  for (let at = step - measured; at < step - left; at++) sum += loss(run, at);
  return sum / (measured - left);
}

/** The highest loss from one step to another, and where it is; NaN counts as higher than any. */
export function lossPeak(
  run: Pick<RunFacts, 'value'>,
  from: number,
  to: number,
): { readonly at: number; readonly value: number } {
  let peak = { at: from, value: loss(run, from) };
  for (let at = from + 1; at <= to && !Number.isNaN(peak.value); at++) {
    const value = loss(run, at);
    if (!(value <= peak.value)) peak = { at, value };
  }
  return peak;
}

/** The first step after `from` at which the loss is at most `limit` again; undefined = it is not by `to`. */
export function lossBack(
  run: Pick<RunFacts, 'value'>,
  limit: number,
  from: number,
  to: number,
): number | undefined {
  for (let at = from; at <= to; at++) if (loss(run, at) <= limit) return at;
  return undefined;
}
