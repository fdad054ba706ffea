// Metrics, spans and log events as they were emitted; each kind has a bound of its own, or the spans of a fast run would push out its findings.
import type { EventItem, MetricItem, Otlp, SpanItem, TelemetryItem } from '../../worker/protocol.ts';

const most = 500;

/** Answers with null where the item was too long ago, or its thread is gone. */
export type AskOtlp = (item: number) => Promise<Otlp | null>;

export class Emitted {
  spans: readonly SpanItem[] = $state.raw([]);
  events: readonly EventItem[] = $state.raw([]);
  /** Of the last export: what is not in it is not emitted. */
  metrics: readonly MetricItem[] = $state.raw([]);
  /** The run's; undefined = of runs that have ended. */
  readonly name: string | undefined;
  /** An item as it would be sent: nobody can tell once a run has ended, and its thread with it. */
  readonly ask: AskOtlp;

  constructor(name?: string, ask: AskOtlp = () => Promise.resolve(null)) {
    this.name = name;
    this.ask = ask;
  }

  add(items: readonly TelemetryItem[]): void {
    const of = <K extends TelemetryItem['kind']>(kind: K) =>
      items.filter((item): item is Extract<TelemetryItem, { kind: K }> => item.kind === kind);
    const [spans, events, metrics] = [of('span'), of('event'), of('metric')];
    if (spans.length > 0) this.spans = [...this.spans, ...spans].slice(-most);
    if (events.length > 0) this.events = [...this.events, ...events].slice(-most);
    if (metrics.length > 0) this.metrics = metrics;
  }

  /** Every span and event so far; empty afterwards. */
  take(): readonly TelemetryItem[] {
    const items = [...this.spans, ...this.events];
    this.spans = [];
    this.events = [];
    return items;
  }
}
