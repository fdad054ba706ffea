// In-memory exporters with a bound: the page shows what was emitted, and a long run does not fill the memory.
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-web';

const success = 0;

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
  readonly finished = new Bounded<ReadableSpan>(500);

  export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    this.finished.push(spans);
    done({ code: success });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export class MemoryLogExporter implements LogRecordExporter {
  readonly finished = new Bounded<ReadableLogRecord>(500);

  export(records: ReadableLogRecord[], done: (result: { code: number }) => void): void {
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
