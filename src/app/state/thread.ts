// The training thread of a run: how it is started, what is said to it, and its last words.
import type {
  ExportAnswer,
  FromWorker,
  StartMessage,
  TelemetryItem,
  ToWorker,
} from '../../worker/protocol.ts';
import { writeLink } from '../../scenarios/writeLink.ts';
import type { FrameQueue } from './frameQueue.ts';

/** What a run asks of its thread; the rest of the worker's `start` follows from where the page is. */
export type ThreadRequest = Omit<StartMessage, 'kind' | 'runId' | 'link' | 'base' | 'hidden'>;

interface ThreadListener {
  hear(message: FromWorker): void;
  fail(cause: string): void;
}

/** Of a thread that was told to stop. */
export interface LastWords {
  emitted(items: readonly TelemetryItem[]): void;
  exported(answer: ExportAnswer): void;
}

/** Time in which a thread that is told to stop hands over its last spans. */
const lastWordsMs = 1000;

function startMessage(runId: string, request: ThreadRequest): StartMessage {
  const { recipe, generation, inheritance, engine, pace, paused, atAlert, pictures, until, own } = request;
  return {
    kind: 'start',
    runId,
    recipe,
    link: writeLink(recipe),
    generation,
    ...(inheritance && { inheritance }),
    ...(own && { own }),
    engine,
    // Below it lies `data/…`.
    base: new URL('./', document.baseURI).href,
    pace,
    paused,
    hidden: document.hidden,
    atAlert,
    pictures,
    ...(until !== undefined && { until }),
  };
}

export class Thread {
  readonly #worker: Worker;
  readonly #listener: ThreadListener;
  /** Hears the last spans and what became of the export, once the thread was told to stop. */
  #last: LastWords | undefined;

  /** @param frames where messages wait for the next frame */
  constructor(runId: string, request: ThreadRequest, frames: FrameQueue, listener: ThreadListener) {
    this.#listener = listener;
    this.#worker = new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) =>
      frames.enqueue(() => this.#hear(data)),
    );
    this.#worker.addEventListener('error', (event) => listener.fail(event.message));
    this.#worker.addEventListener('messageerror', () => listener.fail('a message could not be read'));
    this.send(startMessage(runId, request));
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Nothing is heard of it any more but what it still emits; then it is gone. */
  stop(last: LastWords): void {
    if (this.#last) return;
    this.#last = last;
    this.send({ kind: 'stop' });
    setTimeout(() => this.#worker.terminate(), lastWordsMs);
  }

  #hear(message: FromWorker): void {
    if (!this.#last) this.#listener.hear(message);
    else if (message.kind === 'telemetry') this.#last.emitted(message.items);
    else if (message.kind === 'export-state') this.#last.exported(message);
    else if (message.kind === 'stopped') this.#worker.terminate();
  }
}
