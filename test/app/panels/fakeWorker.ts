// A worker that a test speaks for: what the page sends is kept, what the test says is heard.
import type { FromWorker, Inheritance, ToWorker } from '../../../src/worker/protocol.ts';
import { layout } from '../state/rows.ts';

export class FakeWorker extends EventTarget {
  static readonly all: FakeWorker[] = [];
  readonly heard: ToWorker[] = [];
  terminated = false;
  /** What it lends. */
  loan: Inheritance | null = null;

  constructor() {
    super();
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.heard.push(message);
    if (message.kind === 'stop') this.say({ kind: 'stopped' });
    if (message.kind === 'lend') this.say({ kind: 'lent', step: message.step, inheritance: this.loan });
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  ready(): void {
    this.say({
      kind: 'ready',
      engine: 'compiled.plain',
      description: 'JavaScript on the CPU',
      columns: layout.columns,
      classes: 2,
      target: null,
      image: null,
    });
  }

  rows(
    words: Uint32Array<ArrayBuffer>,
    checkpoints: readonly number[] = [0, 64, 128, 192, 256, 320, 384],
  ): void {
    this.say({ kind: 'rows', words, stepsPerSecond: 60, checkpoints });
  }

  /** The last message of a kind. */
  last<K extends ToWorker['kind']>(kind: K): Extract<ToWorker, { kind: K }> | undefined {
    return this.heard.findLast((message): message is Extract<ToWorker, { kind: K }> => message.kind === kind);
  }

  /** The worker started last. */
  static get latest(): FakeWorker {
    const latest = FakeWorker.all.at(-1);
    if (!latest) throw new Error('FakeWorker: none was started');
    return latest;
  }
}

/** Puts the fake in the place of the browser's Worker, and what jsdom lacks beside it. */
export function useFakeWorkers(): void {
  FakeWorker.all.length = 0;
  // What trains behind the page does so one after another, on whatever machine the test runs.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2, configurable: true });
  const quiet = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(globalThis, {
    Worker: FakeWorker,
    matchMedia: () => quiet,
    // Frames at once: what a worker says is heard when it says it.
    requestAnimationFrame: (run: FrameRequestCallback) => (run(0), 0),
    ResizeObserver: class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  });
  Element.prototype.scrollIntoView = () => undefined;
}
