// What the words of a lesson may know of the run looked at.
import type { Finding } from '../../detectors/detector.ts';
import type { Seen } from '../../lessons/lesson.ts';
import { firedAt } from '../../lessons/rowFacts.ts';
import type { Run } from './run.svelte.ts';

/** What the lesson knows beside the run. */
interface Known extends Pick<Seen, 'faultAt' | 'search' | 'isSameAtEveryLevel' | 'shipped'> {
  /** What the detectors would have said with every signal emitted, of the run that was shipped. */
  readonly unhidden: readonly Finding[];
}

export function seenOf(run: Run, { unhidden, ...known }: Known): Seen {
  const { history, lastStep, alerts } = run;
  const findings = alerts.map(({ finding }) => finding);
  return {
    step: lastStep,
    value: (signal, step, layer = 0) => history?.latest(history.column(signal, layer), step),
    fired: (detector) => firedAt(findings, detector),
    wouldFire: (detector) => firedAt(unhidden, detector),
    ...known,
  };
}
