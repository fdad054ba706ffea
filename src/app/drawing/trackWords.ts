// The track in words, for those who cannot see it.
import type { TrackRun } from './track.ts';

/** What happened to runs at a step. */
export function eventsAt(runs: readonly TrackRun[], at: number): readonly string[] {
  return runs
    .flatMap(({ faults, alerts }) => [...faults, ...alerts])
    .flatMap(({ step, label }) => (step === at ? label : []));
}

export function trackWords(runs: readonly TrackRun[]): string {
  return runs
    .map(({ name, note, from, to, forkAt, faults, alerts }) => {
      const start = forkAt === null ? `from step ${from}` : `forked at step ${forkAt}`;
      const events = [...faults, ...alerts].map(({ label, step }) => `${label} at step ${step}`);
      return [`${name}${note === '' ? '' : `, ${note}`}, ${start} to step ${to}`, ...events].join('; ');
    })
    .join('. ');
}
