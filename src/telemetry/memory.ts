// In-memory exporters with a bound: the page shows what was emitted, and a long run does not fill the memory.
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-web';
import { serialise, type Serialised } from './measuredExporter.ts';

const success = 0;

/** Spans, and log records, that are kept at most. */
export const mostKept = 500;
/** Of the metrics the last export alone: the page shows what is, and the charts what was. */
const mostExports = 1;

type Done = (result: { code: number }) => void;

/** Keeps what was exported until it is taken, at most `bound` items between two looks; the oldest go first. */
class Bounded<T> {
  #items: T[] = [];
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  push(items: readonly T[]): void {
    this.#items.push(...items);
    this.#items.splice(0, Math.max(0, this.#items.length - this.#bound));
  }

  take(): readonly T[] {
    const taken = this.#items;
    this.#items = [];
    return taken;
  }
}

export class MemorySpanExporter implements SpanExporter {
  readonly finished = new Bounded<ReadableSpan>(mostKept);

  export(spans: ReadableSpan[], done: Done): void {
    this.finished.push(spans);
    done({ code: success });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export class MemoryLogExporter implements LogRecordExporter {
  readonly finished = new Bounded<ReadableLogRecord>(mostKept);

  export(records: ReadableLogRecord[], done: Done): void {
    this.finished.push(records);
    done({ code: success });
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** What the metrics themselves cost: data points, and bytes as protobuf before compression. */
export interface Cost {
  readonly points: number;
  readonly bytes: number;
}

export class MemoryMetricExporter implements PushMetricExporter {
  readonly finished = new Bounded<ResourceMetrics>(mostExports);
  /** The last export, as it would be sent. */
  last: Serialised | undefined;
  #cost: Cost = { points: 0, bytes: 0 };

  export(metrics: ResourceMetrics, done: Done): void {
    this.finished.push([metrics]);
    this.last = serialise(metrics);
    this.#cost = {
      points: this.#cost.points + this.last.points,
      bytes: this.#cost.bytes + this.last.body.length,
    };
    done({ code: success });
  }

  /** Of the exports since the last call. */
  takeCost(): Cost {
    const cost = this.#cost;
    this.#cost = { points: 0, bytes: 0 };
    return cost;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** The page's exporters of one run. */
export class Memory {
  readonly spans = new MemorySpanExporter();
  readonly logs = new MemoryLogExporter();
  readonly metrics = new MemoryMetricExporter();
}
