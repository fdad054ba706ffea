// What was emitted lately, kept so that its OTLP can be asked for: the page has the items, and only what is looked at is serialised.
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-web';
import { eventItem, metricItems, spanItem, type TelemetryItem } from './item.ts';
import { mostKept } from './memory.ts';
import type { Original } from './otlp.ts';

/** The request with one of its metrics alone. */
function parted(metrics: ResourceMetrics): readonly ResourceMetrics[] {
  return metrics.scopeMetrics.flatMap(({ scope, metrics: all }) =>
    all.map((metric) => ({ resource: metrics.resource, scopeMetrics: [{ scope, metrics: [metric] }] })),
  );
}

export class Originals {
  readonly #kept: Readonly<Record<Original['kind'], Map<number, Original>>> = {
    span: new Map<number, Original>(),
    event: new Map<number, Original>(),
    metric: new Map<number, Original>(),
  };
  #next = 0;

  /** Keeps a span; its item names it by an id. */
  span(span: ReadableSpan): TelemetryItem {
    return spanItem(this.#keep({ kind: 'span', span }), span);
  }

  event(record: ReadableLogRecord): TelemetryItem {
    return eventItem(this.#keep({ kind: 'event', record }), record);
  }

  /** An item per data point; points of one metric are kept together. */
  metrics(metrics: ResourceMetrics): readonly TelemetryItem[] {
    return parted(metrics).flatMap((part) => {
      const id = this.#keep({ kind: 'metric', metrics: part });
      return part.scopeMetrics.flatMap((scope) => scope.metrics.flatMap((metric) => metricItems(id, metric)));
    });
  }

  /** Undefined where it is too long ago. */
  find(id: number): Original | undefined {
    return this.#kept.span.get(id) ?? this.#kept.event.get(id) ?? this.#kept.metric.get(id);
  }

  /** Each kind has a bound of its own, or the spans of a fast run would push out its findings. */
  #keep(original: Original): number {
    const id = this.#next++;
    const kept = this.#kept[original.kind];
    kept.set(id, original);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return id;
  }
}
