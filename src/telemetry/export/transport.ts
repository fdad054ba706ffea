// The way to the collector: one request at a time, tried again with growing pauses, from a bounded queue. Training never waits for it.
import { backOffMs } from './backOff.ts';
import { signalUrl, type OtlpSignal, type Target } from './endpoint.ts';
import { explain } from './explain.ts';
import type { ExportProblem, ExportState } from './exportState.ts';
import { gzip } from './gzip.ts';
import { Ledger, type Fate } from './ledger.ts';
import { outcomeOf } from './outcome.ts';
import { Parcels, type Bounds, type Parcel } from './parcels.ts';
import { post, type Reply, type Surroundings } from './post.ts';
import { itemNames, type PartialSuccess } from './serialisers.ts';

export interface TransportSettings {
  readonly bounds: Bounds;
  /** Milliseconds until a request that has no answer counts as failed. */
  readonly timeoutMs: number;
}

/** A core run exports every 5 s, three requests of a few KB: half an hour without a collector fits in. */
export const defaultSettings: TransportSettings = {
  bounds: { parcels: 1_000, bytes: 8_388_608 },
  timeoutMs: 10_000,
};

/** Chromium lets requests of 64 KiB together outlive the page. */
const keepaliveBytes = 61_440;

export class Transport {
  readonly #target: Target;
  readonly #settings: TransportSettings;
  readonly #surroundings: Surroundings;
  readonly #ledger = new Ledger();
  readonly #parcels: Parcels;
  readonly #closing = new AbortController();
  /** Resolves when everything handed over so far is compressed and queued. */
  #packed: Promise<void> = Promise.resolve();
  #delivering = false;
  /** In a row. */
  #failures = 0;
  #pause: { readonly until: number; readonly told: boolean; readonly end: () => void } | undefined;
  /** Called at the next pause, or when nothing is left to send. */
  #atRest: (() => void)[] = [];
  #taken = { requests: 0, bytes: 0, lastSuccess: null as number | null };
  #problem: ExportProblem | null = null;

  constructor(target: Target, surroundings: Surroundings, settings: TransportSettings = defaultSettings) {
    this.#target = target;
    this.#surroundings = surroundings;
    this.#settings = settings;
    this.#parcels = new Parcels(settings.bounds);
  }

  /** Takes serialised items over; returns at once and never throws. */
  send(signal: OtlpSignal, data: Uint8Array, items: number): void {
    this.#ledger.hand(signal, items);
    // One after another, so that what was handed over first is sent first: receivers of metrics refuse points that are out of order.
    this.#packed = this.#packed.then(() => this.#pack(signal, data, items));
  }

  /** Items that could not even be serialised. */
  lose(signal: OtlpSignal, items: number, cause: string): void {
    this.#ledger.hand(signal, items);
    this.#lose(signal, items, `${itemNames[signal]} not serialised: ${cause}; please report it`);
  }

  state(): ExportState {
    return {
      counts: {
        traces: this.#ledger.counts('traces'),
        metrics: this.#ledger.counts('metrics'),
        logs: this.#ledger.counts('logs'),
      },
      ...this.#taken,
      queuedBytes: this.#parcels.bytes,
      nextTry: this.#pause?.until ?? null,
      lastProblem: this.#problem,
    };
  }

  /** Tries now, unless the collector asked for a pause. Resolves when nothing waits, or at the first try that fails. */
  async flush(): Promise<void> {
    await this.#packed;
    if (this.#pause?.told === true || !this.#delivering) return;
    const rest = new Promise<void>((resolve) => this.#atRest.push(resolve));
    this.#pause?.end();
    await rest;
  }

  /** Calls off the request on its way; what has not been sent is dropped, and counted. */
  close(): void {
    this.#closing.abort();
    for (const parcel of this.#parcels.takeAll()) this.#book(parcel, 'dropped');
    this.#pause?.end();
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #pack(signal: OtlpSignal, data: Uint8Array, items: number): Promise<void> {
    try {
      const packed =
        this.#target.compression === 'gzip'
          ? await gzip(data)
          : { body: new Uint8Array(data), gzipped: false };
      this.#queue({ signal, items, ...packed });
    } catch (error) {
      this.#lose(signal, items, `not compressed: ${String(error)}; set compression to none`);
    }
  }

  #queue(parcel: Parcel): void {
    if (this.#closed) {
      this.#book(parcel, 'dropped');
      return;
    }
    this.#loseOldest(this.#parcels.add(parcel));
    void this.#deliverAll();
  }

  async #deliverAll(): Promise<void> {
    if (this.#delivering) return;
    this.#delivering = true;
    for (let parcel = this.#parcels.take(); parcel; parcel = this.#parcels.take())
      await this.#deliver(parcel);
    this.#delivering = false;
    this.#rest();
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const { signal } = parcel;
    const reply = await this.#try(parcel);
    const outcome = outcomeOf(reply, signal, this.#now);
    if (outcome.kind === 'again') {
      await this.#again(parcel, reply, outcome.waitMs);
      return;
    }
    this.#failures = 0;
    if (outcome.kind === 'taken') this.#book(parcel, 'sent', outcome.partly);
    else if (outcome.kind === 'refused') {
      this.#book(parcel, 'rejected');
      this.#explain(reply);
    } else {
      this.#book(parcel, 'unconfirmed');
      this.#report('answers that are no OTLP; see whether the address is a collector’s');
    }
  }

  async #try(parcel: Parcel): Promise<Reply> {
    if (this.#failures > 0 || parcel.body.length > keepaliveBytes) return this.#post(parcel, false);
    const reply = await this.#post(parcel, true);
    // What failed may have been the browser's limit: Chromium frees it some time after the answer was read.
    return reply.kind === 'unreachable' && !this.#closed ? this.#post(parcel, false) : reply;
  }

  #post({ signal, body, gzipped }: Parcel, keepalive: boolean): Promise<Reply> {
    return post(
      {
        url: signalUrl(this.#target.base, signal),
        body,
        gzipped,
        headers: this.#target.headers,
        keepalive,
        timeoutMs: this.#settings.timeoutMs,
        signal: this.#closing.signal,
      },
      this.#surroundings,
    );
  }

  async #again(parcel: Parcel, reply: Reply, waitMs: number | null): Promise<void> {
    if (this.#closed) {
      this.#book(parcel, 'dropped');
      return;
    }
    this.#failures++;
    this.#explain(reply);
    this.#loseOldest(this.#parcels.putBack(parcel));
    await this.#wait(waitMs ?? backOffMs(this.#failures, this.#now), waitMs !== null);
  }

  async #wait(milliseconds: number, told: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#surroundings.clock.after(milliseconds, resolve);
      const end = () => {
        cancel();
        resolve();
      };
      this.#pause = { until: this.#now + milliseconds, told, end };
      this.#rest();
    });
    this.#pause = undefined;
  }

  #rest(): void {
    for (const resolve of this.#atRest.splice(0)) resolve();
  }

  #book(parcel: Parcel, fate: Fate, partly: PartialSuccess | null = null): void {
    const { signal, items, body } = parcel;
    if (fate !== 'sent') {
      this.#ledger.book(signal, items, fate);
      return;
    }
    this.#ledger.bookTaken(signal, items, partly);
    const { requests, bytes } = this.#taken;
    this.#taken = { requests: requests + 1, bytes: bytes + body.length, lastSuccess: this.#now };
    if (!partly) return;
    const what = partly.rejected > 0 ? `rejected ${partly.rejected} of ${items}` : 'warns about';
    this.#report(`the collector ${what} ${itemNames[signal]}: ${partly.message}`);
  }

  #loseOldest(fallen: readonly Parcel[]): void {
    for (const { signal, items } of fallen) this.#ledger.book(signal, items, 'dropped');
    // Where requests fail, that they do is the cause, and stays in sight.
    if (fallen.length > 0 && this.#failures === 0) {
      this.#report('the queue is full and the oldest were dropped; see what slows the collector down');
    }
  }

  #lose(signal: OtlpSignal, items: number, cause: string): void {
    this.#ledger.book(signal, items, 'dropped');
    this.#report(cause);
  }

  #explain(reply: Reply): void {
    const { cause, remedy } = explain(reply);
    this.#report(`${cause}; ${remedy}`);
  }

  #report(text: string): void {
    this.#problem = { text, time: this.#now };
  }

  get #now(): number {
    return this.#surroundings.clock.now();
  }
}
