// Spans and log events as they were emitted; each kind has a bound of its own, or the spans of a fast run would push out its findings.
import type { TelemetryItem } from '../../worker/protocol.ts';

const most = 500;

export class Emitted {
  spans: readonly TelemetryItem[] = $state.raw([]);
  events: readonly TelemetryItem[] = $state.raw([]);

  add(items: readonly TelemetryItem[]): void {
    this.spans = [...this.spans, ...items.filter(({ kind }) => kind === 'span')].slice(-most);
    this.events = [...this.events, ...items.filter(({ kind }) => kind === 'event')].slice(-most);
  }

  /** Everything so far; empty afterwards. */
  take(): readonly TelemetryItem[] {
    const items = [...this.spans, ...this.events];
    this.spans = [];
    this.events = [];
    return items;
  }
}
