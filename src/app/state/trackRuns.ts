// Runs as the track draws them: stations, junctions, faults and alerts.
import { whole } from '../../core/wording.ts';
import { detectorOf } from '../../detectors/index.ts';
import type { TrackRun } from '../drawing/track.ts';
import type { Alert } from './alerts.ts';
import { openingEntry, reachedFaults, startOf } from './chapter.ts';
import type { DrawnRun } from './charts.ts';
import type { Run } from './run.svelte.ts';
import { entryLabel, labelled } from './wording.ts';

const tones = { looked: 'ink', broken: 'ghost', twin: 'ghost' } as const;

function signal({ finding, raisedAt }: Alert) {
  return { step: raisedAt, label: detectorOf(finding.detector).title };
}

/** A run beside the others; a fork leaves its parent's track where it starts. */
export function trackRun(run: Run, part: DrawnRun['part']): TrackRun {
  const opening = openingEntry(run.position);
  const from = opening?.rewindTo ?? 0;
  return {
    id: run.id,
    name: part === 'twin' ? 'No fault' : `Run ${run.name}`,
    note: opening ? `${entryLabel(opening)}, from ${whole(from)}` : '',
    tone: part === 'looked' && opening ? 'action' : tones[part],
    from,
    to: Math.max(from, run.lastStep),
    parent: run.parentId ?? null,
    forkAt: opening ? from : null,
    checkpoints: run.checkpoints.filter((step) => step >= from),
    faults: labelled(reachedFaults(run.position)).map(({ entry, label }) => ({ step: entry.at, label })),
    alerts: [
      ...run.ownAlerts.map((alert) => ({ ...signal(alert), state: alert.finding.severity })),
      ...run.gaps
        .filter(({ raisedAt }) => raisedAt >= startOf(run.position))
        .map((gap) => ({ ...signal(gap), state: 'dark' as const })),
    ],
  };
}
