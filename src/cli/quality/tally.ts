// Counts what came of all jobs: per detector, per published rule, per kind of run, and per scenario.
import type { Done, Job } from './job.ts';
import { Matrix } from './matrix.ts';
import { RemedyTally } from './remedyTally.ts';
import { rules } from './rules.ts';
import { runLine, type RunLine } from './runLine.ts';
import { firstAlarm, Score } from './score.ts';
import { subjects } from './subjects/index.ts';
import type { Outcome, Trial, Verdict } from './trial.ts';

/** Spikes that nobody pressed: how often a warning came before the loss over the training set had left its own median. */
export interface Leads {
  spikes: number;
  warnedBefore: number;
}

/** One kind of run as one detector saw it. */
export interface KindScore {
  readonly label: string;
  readonly score: Score;
  ineffective: number;
}

/** Everything that is counted about one detector. */
export class DetectorTally {
  readonly id: string;
  readonly firing = new Score();
  /** The same with warnings as alarms. */
  readonly raised = new Score();
  readonly rules = new Map<string, Score>();
  readonly kinds = new Map<string, KindScore>();
  readonly leads: Leads = { spikes: 0, warnedBefore: 0 };
  ineffective = 0;
  /** Controls that were not clearly healthy. */
  unclear = 0;

  constructor(id: string) {
    this.id = id;
    for (const rule of rules) if (rule.pattern === id) this.rules.set(rule.id, new Score());
  }

  control({ label }: Trial, { verdicts, firing, raised, rules: ofRules }: Outcome): void {
    const verdict = verdicts[this.id];
    if (verdict && verdict.effect !== 'none') {
      this.unclear++;
      return;
    }
    this.firing.healthy(firing[this.id]);
    this.raised.healthy(raised[this.id]);
    this.#kind(label).score.healthy(firing[this.id]);
    for (const [id, score] of this.rules) score.healthy(ofRules[id]);
  }

  fault({ label }: Trial, { verdicts, firing, raised, rules: ofRules }: Outcome): void {
    const verdict = verdicts[this.id];
    if (verdict?.effect !== 'effective') {
      this.ineffective++;
      this.#kind(label).ineffective++;
      return;
    }
    this.firing.fault(verdict, firing[this.id]);
    this.raised.fault(verdict, raised[this.id]);
    this.#kind(label).score.fault(verdict, firing[this.id]);
    for (const [id, score] of this.rules) score.fault(verdict, ofRules[id]);
    if (verdict.early > 0) this.#lead(verdict, raised[this.id]);
  }

  #lead({ from, early }: Verdict, spans: Outcome['raised'][string] | undefined): void {
    this.leads.spikes++;
    const at = firstAlarm(spans, from - early);
    if (at !== undefined && at < from) this.leads.warnedBefore++;
  }

  #kind(label: string): KindScore {
    const found = this.kinds.get(label) ?? { label, score: new Score(), ineffective: 0 };
    this.kinds.set(label, found);
    return found;
  }
}

type JobOf<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>;
type DoneOf<Kind extends Done['kind']> = Extract<Done, { kind: Kind }>;

function isControl(job: Job): boolean {
  return job.kind === 'control' || (job.kind === 'outside' && job.subjects.length === 0);
}

/** Detectors that must find the fault of a run. */
function faultsOf(job: Job): readonly string[] {
  if (job.kind === 'outside') return job.subjects;
  return job.kind === 'fault' ? [job.subject] : [];
}

export class Tally {
  readonly detectors: readonly DetectorTally[];
  readonly matrix = new Matrix();
  readonly remedies = new RemedyTally();
  readonly #runs: [number: number, line: RunLine][] = [];

  /** @param only detectors to count; empty = all */
  constructor(only: readonly string[] = []) {
    this.detectors = subjects
      .filter(({ id }) => only.length === 0 || only.includes(id))
      .map(({ id }) => new DetectorTally(id));
  }

  add(job: Job, done: Done): void {
    if (done.kind === 'pressed') {
      if (job.kind === 'remedies') this.remedies.add(job.detector, done.pressed);
      return;
    }
    const { outcome } = done;
    if (job.kind === 'scenario') this.matrix.add(job.scenario, outcome);
    if (job.kind === 'outside') this.#outside(job, done);
    for (const detector of this.detectors) {
      if (isControl(job)) detector.control(job.trial, outcome);
      else if (faultsOf(job).includes(detector.id)) detector.fault(job.trial, outcome);
    }
  }

  /** Runs from a file, in its order. */
  get runs(): readonly RunLine[] {
    return [...this.#runs].sort(([a], [b]) => a - b).map(([, line]) => line);
  }

  #outside({ number, trial, expected }: JobOf<'outside'>, { outcome, losses }: DoneOf<'trained'>): void {
    if (expected) this.matrix.add(trial.label, outcome, { expected, may: [] });
    this.#runs.push([number, runLine(trial, outcome, losses)]);
  }
}
