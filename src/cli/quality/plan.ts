// Which trials a measurement consists of.
import { hash, streams } from '../../core/random.ts';
import type { CommandLine, Seeds } from './options.ts';
import { Draw } from './draw.ts';
import { healthyTrial } from './healthy.ts';
import type { Job } from './job.ts';
import { remedyFaults } from './remedyFaults.ts';
import { scenarioJobs } from './scenarios.ts';
import { kindAt, type Subject } from './subjects/subject.ts';
import { subjects } from './subjects/index.ts';
import type { Trial } from './trial.ts';

/** Controls in a full measurement: enough for 300 that are clearly not overfit. */
const controls = 420;
const seedsPerScenario = 20;
const quickShare = 0.1;

function seedAt({ from, to }: Seeds, number: number): number {
  return from + (number % (to - from + 1));
}

function countOf(full: number, quick: boolean): number {
  return quick ? Math.ceil(full * quickShare) : full;
}

function controlJobs(count: number, seeds: Seeds): Job[] {
  return Array.from({ length: count }, (_, number) => ({
    kind: 'control',
    trial: healthyTrial(number, new Draw(seedAt(seeds, number), 'healthy', number)),
  }));
}

/** The fault trial of this number. */
function faultTrial(subject: Subject, number: number, seeds: Seeds): Trial {
  const kind = kindAt(subject.kinds, number);
  const draw = new Draw(seedAt(seeds, number), subject.id, number);
  return { label: kind.label, ...kind.make(draw) };
}

function faultJobs(subject: Subject, count: number, seeds: Seeds): Job[] {
  return Array.from({ length: count }, (_, number) => ({
    kind: 'fault',
    subject: subject.id,
    trial: faultTrial(subject, number, seeds),
  }));
}

function remedyJobs(quick: boolean, seeds: Seeds): Job[] {
  return remedyFaults.flatMap(({ detector, runs, by, kinds }) =>
    Array.from({ length: countOf(runs, quick) }, (_, number) => {
      const kind = kindAt(kinds, number);
      const draw = new Draw(seedAt(seeds, number), `remedies of ${detector}`, number);
      const trial = { label: kind.label, ...kind.make(draw) };
      return { kind: 'remedies', detector, takes: kind.takes, by, trial } as const;
    }),
  );
}

/** In an order that tells nothing of their kind, so that the first tenth takes a tenth of the time. */
function shuffled(jobs: readonly Job[]): readonly Job[] {
  return jobs
    .map((job, number) => ({ job, key: hash(1, streams.order, number) }))
    .sort((a, b) => a.key - b.key)
    .map(({ job }) => job);
}

export function jobsOf({ only, quick, seeds }: CommandLine): readonly Job[] {
  const all = only.length === 0;
  const chosen = subjects.filter(({ id }) => all || only.includes(id));
  const jobs = [
    ...(chosen.length > 0 ? controlJobs(countOf(controls, quick), seeds) : []),
    ...chosen.flatMap((subject) => faultJobs(subject, countOf(subject.trials, quick), seeds)),
    ...(all || only.includes('scenarios') ? scenarioJobs(countOf(seedsPerScenario, quick), seeds) : []),
    ...(all || only.includes('remedies') ? remedyJobs(quick, seeds) : []),
  ];
  return shuffled(jobs);
}
