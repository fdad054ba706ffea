// What the words of a lesson may know of the run looked at.
import type { LaneFacts, RunFacts, Seen } from '../../lessons/lesson.ts';
import { findingFacts, firingOf } from '../../lessons/rowFacts.ts';
import { startOf } from './chapter.ts';
import type { Run } from './run.svelte.ts';
import type { Shipment } from './shipping.svelte.ts';
import { unemittedOf } from './unemitted.ts';

/** What the lesson knows beside the runs. */
interface Known extends Pick<Seen, 'faultAt' | 'search' | 'isSameAtEveryLevel' | 'answers'> {
  readonly shipment: Shipment | undefined;
  readonly isUnsealed: boolean;
  readonly lanes: Readonly<Partial<Record<string, LaneFacts>>>;
  /** By beat. */
  readonly ended: Readonly<Partial<Record<string, Seen>>>;
}

function factsOf(run: Run, unhidden: Shipment['unhidden']): RunFacts {
  const { history, lastStep, alerts, gaps, position } = run;
  const told = [...alerts, ...gaps];
  return {
    ...findingFacts(told.map(({ finding }) => finding)),
    step: lastStep,
    begin: startOf(position),
    layers: run.recipe.hidden.length,
    value: (signal, step, layer = 0) => history?.latest(history.column(signal, layer), step),
    warned: (detector) => told.find(({ finding }) => finding.detector === detector)?.raisedAt,
    wouldFire: (detector) => firingOf(unhidden, detector)?.at,
    unemitted: unemittedOf(position),
  };
}

/** @param before the run that the one looked at was forked from */
export function seenOf(run: Run, before: Run | undefined, known: Known): Seen {
  const { shipment, isUnsealed, lanes, ended, ...others } = known;
  // A figure from before the fault is about other inputs.
  const isNew = (run.production?.step ?? -1) > (known.faultAt ?? -1);
  return {
    ...factsOf(run, shipment?.unhidden ?? []),
    before: before && factsOf(before, []),
    shipped: shipment,
    production: isUnsealed && isNew ? run.production?.right : undefined,
    lane: (remedy) => lanes[remedy],
    after: (beat) => ended[beat],
    ...others,
  };
}
