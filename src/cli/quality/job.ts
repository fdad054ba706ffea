// The pieces of work that a measurement is cut into; each is plain data, and any thread can do it.
import { measure } from './measure.ts';
import { pressRemedies, type Pressed, type Recovery } from './remedyTrial.ts';
import { subjectOf, subjects } from './subjects/index.ts';
import type { Outcome, Trial } from './trial.ts';
import { compareEnds, type EndLosses, type Truth } from './truth.ts';

export type Job =
  /** A healthy control, for all detectors. */
  | { readonly kind: 'control'; readonly trial: Trial }
  /** A fault that one detector must find. */
  | { readonly kind: 'fault'; readonly subject: string; readonly trial: Trial }
  /** A scenario on one seed, judged by what it declares. */
  | { readonly kind: 'scenario'; readonly scenario: string; readonly trial: Trial }
  /** A run from a file: judged by the truths of some detectors, and against its twin's loss. */
  | {
      readonly kind: 'outside';
      /** Its place in the file, from 1. */
      readonly number: number;
      /** Detectors whose truths apply; none = a healthy control. */
      readonly subjects: readonly string[];
      /** What the file says must fire. */
      readonly expected: readonly string[] | undefined;
      readonly trial: Trial;
    }
  /** A fault from which doing nothing does not recover, for the remedies of one detector. */
  | {
      readonly kind: 'remedies';
      readonly detector: string;
      /** Steps that the fault takes. */
      readonly takes: number;
      readonly by: Recovery;
      readonly trial: Trial;
    };

/** What came of a job. */
export type Done =
  | { readonly kind: 'trained'; readonly outcome: Outcome; readonly losses?: EndLosses }
  | { readonly kind: 'pressed'; readonly pressed: readonly Pressed[] };

/** A control is its own twin. */
function controlTruths(trial: Trial): Readonly<Record<string, Truth>> {
  const judges = subjects.filter(({ judgesControls }) => judgesControls);
  return Object.fromEntries(judges.map(({ id, truth }) => [id, { ...truth(trial), needsTwin: false }]));
}

function truthsFor(job: Job): Readonly<Record<string, Truth>> {
  const { kind, trial } = job;
  if (kind === 'control') return controlTruths(trial);
  if (kind === 'fault') return { [job.subject]: subjectOf(job.subject).truth(trial) };
  if (kind !== 'outside') return {};
  if (job.subjects.length === 0) return controlTruths(trial);
  return Object.fromEntries(job.subjects.map((id) => [id, subjectOf(id).truth(trial)]));
}

export async function work(job: Job): Promise<Done> {
  if (job.kind === 'remedies') {
    const { trial, detector, takes, by } = job;
    return { kind: 'pressed', pressed: await pressRemedies(trial, detector, takes, by) };
  }
  if (job.kind !== 'outside') return { kind: 'trained', outcome: await measure(job.trial, truthsFor(job)) };
  const ends = compareEnds(job.trial);
  const outcome = await measure(job.trial, truthsFor(job), [ends.truth]);
  return { kind: 'trained', outcome, losses: ends.losses() };
}

/** About how much work a job is, in multiplications; for the seconds that are left. */
export function costOf({ kind, trial }: Job): number {
  const { recipe } = trial;
  // Some six runs of 1,000 steps are forked from a broken one.
  const steps = kind === 'remedies' ? trial.steps + 6000 : trial.steps;
  const inputs = recipe.data === 'mnist' ? 784 : 2;
  const widths = [inputs, ...recipe.hidden, recipe.classes];
  const weights = widths.slice(1).reduce((sum, width, k) => sum + width * ((widths[k] ?? 0) + 20), 0);
  const perStep = 3 * recipe.batch + recipe.validation / recipe.validateEvery;
  return weights * (steps * perStep + 100 * recipe.train);
}
