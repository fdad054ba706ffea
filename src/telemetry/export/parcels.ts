// The bounded queue of what waits to be sent: first in, first out, and the oldest go when it is full.
import type { OtlpSignal } from './endpoint.ts';

/** One request's worth. */
export interface Parcel {
  readonly signal: OtlpSignal;
  /** Spans, points or log events inside. */
  readonly items: number;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly gzipped: boolean;
}

export interface Bounds {
  readonly parcels: number;
  readonly bytes: number;
}

export class Parcels {
  readonly #bounds: Bounds;
  #waiting: Parcel[] = [];
  #bytes = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#waiting.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Returns what fell out. A parcel larger than the whole queue falls out itself, and takes no other with it. */
  add(parcel: Parcel): readonly Parcel[] {
    if (parcel.body.length > this.#bounds.bytes) return [parcel];
    this.#waiting.push(parcel);
    this.#bytes += parcel.body.length;
    return this.#trim();
  }

  /** Back to the head of the queue: it is the oldest, so it is the first to fall out where there is no room for it any more. */
  putBack(parcel: Parcel): readonly Parcel[] {
    this.#waiting.unshift(parcel);
    this.#bytes += parcel.body.length;
    return this.#trim();
  }

  take(): Parcel | undefined {
    const oldest = this.#waiting.shift();
    this.#bytes -= oldest?.body.length ?? 0;
    return oldest;
  }

  takeAll(): readonly Parcel[] {
    const all = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    return all;
  }

  #trim(): readonly Parcel[] {
    const fallen: Parcel[] = [];
    while (this.#waiting.length > this.#bounds.parcels || this.#bytes > this.#bounds.bytes) {
      const oldest = this.take();
      if (oldest) fallen.push(oldest);
    }
    return fallen;
  }
}
