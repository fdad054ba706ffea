// What is said of one run from a file.
import type { Effect, Outcome, Trial } from './trial.ts';
import type { EndLosses } from './truth.ts';

export interface RunLine {
  readonly label: string;
  /** Step of the fault; 0 in a healthy run. */
  readonly at: number;
  /** What the fault did, for each detector whose truth applies; empty for a healthy run. */
  readonly truth: Readonly<Record<string, Effect>>;
  /** Steps at which each detector began to fire. */
  readonly firing: Readonly<Record<string, readonly number[]>>;
  /** The same for published rules, first step only. */
  readonly rules: Readonly<Record<string, number>>;
  /** Loss over the training set at the end, of the run and of its twin; null where it is not finite. */
  readonly losses: EndLosses | undefined;
}

export function runLine({ label, at }: Trial, outcome: Outcome, losses: EndLosses | undefined): RunLine {
  const { verdicts, firing, rules } = outcome;
  const effects = Object.entries(verdicts).map(([id, { effect }]): [string, Effect] => [id, effect]);
  const begins = Object.entries(firing).map(([id, spans]) => [id, spans.map(([from]) => from)] as const);
  const firsts = Object.entries(rules).map(([id, spans]) => [id, spans[0]?.[0] ?? 0] as const);
  return {
    label,
    at,
    truth: Object.fromEntries(effects),
    firing: Object.fromEntries(begins),
    rules: Object.fromEntries(firsts),
    losses,
  };
}
