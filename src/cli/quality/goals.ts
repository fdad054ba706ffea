// The quality table that a release must reach, and what was measured of it.
import type { RemedyLine } from './remedyTally.ts';
import type { DetectorTally, Tally } from './tally.ts';
import type { Score } from './score.ts';

export interface Goal {
  readonly name: string;
  readonly measured: number;
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
  readonly reached: boolean;
}

const mostFalse = 0.02;
/** Detectors of the first patterns, held to more. */
const first = ['loss-spike', 'overfit', 'dead-neurons', 'nonfinite', 'input-shift'];
const leastFound = { first: 0.97, further: 0.95 };

function goal(name: string, measured: number, bound: Goal['bound'], limit: number): Goal {
  // NaN reaches nothing: what was not measured is not shown.
  return {
    name,
    measured,
    bound,
    limit,
    reached: bound === 'at most' ? measured <= limit : measured >= limit,
  };
}

function falseShare({ falselyAlarmed, healthyRuns }: Score): number {
  return falselyAlarmed / healthyRuns;
}

function foundShare({ detected, effective }: Score): number {
  return detected / effective;
}

/** A published rule with both fewer false alarms and more detections than the detector of its pattern. */
export function beatenBy({ firing, rules }: DetectorTally): readonly string[] {
  return [...rules].flatMap(([id, rule]) =>
    falseShare(rule) < falseShare(firing) && foundShare(rule) > foundShare(firing) ? [id] : [],
  );
}

function detectorGoals(tally: DetectorTally): readonly Goal[] {
  const { id, firing, leads } = tally;
  const least = first.includes(id) ? leastFound.first : leastFound.further;
  return [
    goal(`${id}: healthy runs falsely alarmed`, falseShare(firing), 'at most', mostFalse),
    goal(`${id}: effective faults found`, foundShare(firing), 'at least', least),
    ...(id === 'loss-spike'
      ? [
          goal(`${id}: median latency in steps`, firing.line.latencyMedian ?? NaN, 'at most', 2),
          goal(
            `${id}: warned before the loss left its median, where nobody pressed anything`,
            leads.warnedBefore / leads.spikes,
            'at least',
            0.5,
          ),
        ]
      : []),
    ...(tally.rules.size > 0
      ? [goal(`${id}: published rules that beat it in both`, beatenBy(tally).length, 'at most', 0)]
      : []),
  ];
}

/** Detectors whose first remedy must repair. */
const repaired = ['loss-spike', 'dead-neurons', 'overfit'];

function remedyGoals(lines: Readonly<Record<string, RemedyLine>>): readonly Goal[] {
  return Object.entries(lines)
    .filter(([detector]) => repaired.includes(detector))
    .flatMap(([detector, { runs, recovered, recoveredByRandom, recoveredByNothing }]) => [
      goal(`${detector}: recovered by the first remedy`, recovered / runs, 'at least', 0.8),
      goal(`${detector}: recovered by nothing`, recoveredByNothing / runs, 'at most', 0.2),
      goal(`${detector}: first remedy ÷ a random one`, recovered / recoveredByRandom, 'at least', 1.5),
    ]);
}

export function measureGoals({ detectors, matrix, remedies }: Tally): readonly Goal[] {
  return [
    ...detectors.flatMap(detectorGoals),
    ...(matrix.cells > 0
      ? [goal('scenario matrix: cells that are as declared', matrix.right / matrix.cells, 'at least', 0.97)]
      : []),
    ...remedyGoals(remedies.firstByDetector),
  ];
}
