// What the words of a lesson may know of the run looked at.
import type { Seen } from '../../lessons/lesson.ts';
import type { Run } from './run.svelte.ts';

/** What the lesson knows beside the run. */
type Known = Pick<Seen, 'faultAt' | 'search' | 'isSameAtEveryLevel'>;

export function seenOf(run: Run, known: Known): Seen {
  const { history, lastStep, alerts } = run;
  return {
    step: lastStep,
    value: (signal, step, layer = 0) => history?.latest(history.column(signal, layer), step),
    fired: (detector) =>
      alerts.find(({ finding }) => finding.detector === detector && finding.severity === 'firing')?.finding
        .at,
    ...known,
  };
}
