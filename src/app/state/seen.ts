// What the words of a lesson may know of the run looked at.
import type { Search, Seen } from '../../lessons/lesson.ts';
import type { Run } from './run.svelte.ts';

export function seenOf(run: Run, faultAt: number | undefined, search: Search): Seen {
  const { history, lastStep, alerts } = run;
  return {
    step: lastStep,
    value: (signal, step, layer = 0) => history?.latest(history.column(signal, layer), step),
    fired: (detector) =>
      alerts.find(({ finding }) => finding.detector === detector && finding.severity === 'firing')?.finding
        .at,
    faultAt,
    search,
  };
}
