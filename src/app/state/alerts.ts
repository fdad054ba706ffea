// The alerts of a run: detector events gathered into episodes, and the one that its card is about.
import type { DetectorEvent, Finding } from '../../detectors/detector.ts';
import type { Detected } from '../../worker/protocol.ts';

/** One episode of one detector: from the first report to its end. */
export interface Alert {
  /** As last reported: a warning that grows into a firing is one alert. */
  readonly finding: Finding;
  readonly raisedAt: number;
  readonly resolvedAt: number | undefined;
  /** Where a rewinding remedy starts from. */
  readonly healthyCheckpoint: number;
}

export function eventStep(event: DetectorEvent): number {
  return event.kind === 'raised' ? event.finding.at : event.at;
}

/** Every episode, in the order in which they began. */
export function alertsOf(events: readonly Detected[]): readonly Alert[] {
  const alerts: Alert[] = [];
  /** Where the episode stands that is not over, by detector and layer. */
  const open = new Map<string, number>();
  for (const { event, healthyCheckpoint } of events) {
    const { detector, layer } = event.kind === 'raised' ? event.finding : event;
    const key = `${detector}.${layer}`;
    const index = open.get(key) ?? alerts.length;
    const known = alerts[index];
    if (event.kind === 'resolved') {
      if (known) alerts[index] = { ...known, resolvedAt: event.at };
      open.delete(key);
      continue;
    }
    const { finding } = event;
    alerts[index] = {
      finding,
      raisedAt: known?.raisedAt ?? finding.at,
      resolvedAt: undefined,
      healthyCheckpoint,
    };
    open.set(key, index);
  }
  return alerts;
}

/** The alerts in force at a step. */
export function activeAt(alerts: readonly Alert[], step: number): readonly Alert[] {
  return alerts.filter(
    ({ raisedAt, resolvedAt }) => raisedAt <= step && (resolvedAt === undefined || resolvedAt > step),
  );
}

/** NaN first: nothing else can be read while there is one. Then firing before warning, then the earliest. */
function urgency({ finding, resolvedAt }: Alert): number {
  if (resolvedAt !== undefined) return 0;
  if (finding.detector === 'nonfinite') return 3;
  return finding.severity === 'firing' ? 2 : 1;
}

/** The alert that the card shows: the most urgent one still active, or the last that is over. */
export function mainAlert(alerts: readonly Alert[]): Alert | undefined {
  const active = alerts.filter((alert) => alert.resolvedAt === undefined);
  if (active.length === 0) return alerts.at(-1);
  return active.reduce((first, alert) => (urgency(alert) > urgency(first) ? alert : first));
}
