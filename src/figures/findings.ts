// What the detectors said, as plain data that survives JSON: every finding with its evidence, its rule and its words, and when it was over.
import type { Evidence, Finding } from '../detectors/detector.ts';
import { detectorOf, thresholdsOf } from '../detectors/index.ts';
import type { RecordedRun } from './recordedRun.ts';

/** JSON has no NaN and no infinity: they are spelt. */
type Portable = number | string;

interface EvidenceJson {
  readonly signal: string;
  readonly value: Portable;
  readonly baseline?: Portable;
  readonly threshold?: Portable;
}

export interface FindingJson {
  readonly generation: number;
  readonly detector: string;
  readonly title: string;
  /** `layer_1` …; null where it is about the whole run. */
  readonly layer: string | null;
  readonly severity: 'warning' | 'firing';
  readonly onset: number;
  readonly at: number;
  /** Step at which it was over; null = not by the end of the run. */
  readonly resolved: number | null;
  /** Raised before this run was forked. */
  readonly inherited: boolean;
  readonly evidence: readonly EvidenceJson[];
  readonly observation: string;
  readonly cause: string;
  readonly rule: string;
}

export function portable(value: number): Portable {
  return Number.isFinite(value) ? value : String(value);
}

function evidenceJson({ signal, value, baseline, threshold }: Evidence): EvidenceJson {
  return {
    signal,
    value: portable(value),
    ...(baseline === undefined ? {} : { baseline: portable(baseline) }),
    ...(threshold === undefined ? {} : { threshold: portable(threshold) }),
  };
}

/** A finding of a run, and when it was over there. */
export interface Told {
  readonly finding: Finding;
  readonly resolved: number | undefined;
  readonly inherited: boolean;
}

/** All findings of a run in order: those that it began with, then its own. */
export function toldIn({ inherited, detected }: RecordedRun): readonly Told[] {
  const events = detected.map(({ event }) => event);
  const overAfter = ({ detector, layer }: Finding, index: number): number | undefined => {
    const over = events
      .slice(index)
      .find((event) => event.kind === 'resolved' && event.detector === detector && event.layer === layer);
    return over?.kind === 'resolved' ? over.at : undefined;
  };
  return [
    ...inherited.map((finding) => ({ finding, resolved: overAfter(finding, 0), inherited: true })),
    ...events.flatMap((event, index) =>
      event.kind === 'raised'
        ? [{ finding: event.finding, resolved: overAfter(event.finding, index), inherited: false }]
        : [],
    ),
  ];
}

function findingJson(
  { generation, recipe }: RecordedRun,
  { finding, resolved, inherited }: Told,
): FindingJson {
  const detector = detectorOf(finding.detector);
  return {
    generation,
    detector: detector.id,
    title: detector.title,
    layer: finding.layer === 0 ? null : `layer_${finding.layer}`,
    severity: finding.severity,
    onset: finding.onset,
    at: finding.at,
    resolved: resolved ?? null,
    inherited,
    evidence: finding.evidence.map(evidenceJson),
    observation: detector.observation(finding),
    cause: detector.cause(finding),
    rule: detector.rule(thresholdsOf(detector, recipe.thresholds)),
  };
}

export function findingsOf(runs: readonly RecordedRun[]): readonly FindingJson[] {
  return runs.flatMap((run) => toldIn(run).map((told) => findingJson(run, told)));
}
