// What the words of a lesson may know of the run looked at.
import type { Seen } from '../../lessons/lesson.ts';
import { firedAt } from '../../lessons/rowFacts.ts';
import type { Run } from './run.svelte.ts';
import type { Shipment } from './shipping.svelte.ts';

/** What the lesson knows beside the run. */
interface Known extends Pick<Seen, 'faultAt' | 'search' | 'isSameAtEveryLevel'> {
  readonly shipment: Shipment | undefined;
}

export function seenOf(run: Run, { shipment, ...known }: Known): Seen {
  const { history, lastStep, alerts } = run;
  const findings = alerts.map(({ finding }) => finding);
  return {
    step: lastStep,
    value: (signal, step, layer = 0) => history?.latest(history.column(signal, layer), step),
    fired: (detector) => firedAt(findings, detector),
    wouldFire: (detector) => firedAt(shipment?.unhidden ?? [], detector),
    shipped: shipment,
    ...known,
  };
}
