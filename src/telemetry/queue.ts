// The way to a collector, in the mind: what a queue of our transport's size would keep and drop, with one request at a time.
// Nothing is sent; with an endpoint the real transport counts for itself.

/** As in export/transport.ts. */
const mostWaiting = 1000;
const mostBytes = 8_388_608;
/** From a request to its answer, over a network. */
const requestMilliseconds = 100;

interface Waiting {
  readonly since: number;
  readonly points: number;
  readonly bytes: number;
}

export class Queue {
  /** Data points that were handed over, and those that fell out. */
  points = 0;
  dropped = 0;
  #waiting: Waiting[] = [];
  #bytes = 0;
  /** When the last request is answered; milliseconds. */
  #free = -Infinity;

  get queued(): number {
    return this.#waiting.reduce((sum, { points }) => sum + points, 0);
  }

  /** @param now milliseconds on any clock that does not run backwards */
  add(points: number, bytes: number, now: number): void {
    this.#send(now);
    this.points += points;
    this.#waiting.push({ since: now, points, bytes });
    this.#bytes += bytes;
    while (this.#waiting.length > mostWaiting || this.#bytes > mostBytes) this.dropped += this.#take().points;
  }

  /** What waits is sent as soon as the request before it was answered. */
  #send(now: number): void {
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      const begin = Math.max(this.#free, next.since);
      if (begin > now) return;
      this.#take();
      this.#free = begin + requestMilliseconds;
    }
  }

  #take(): Waiting {
    const oldest = this.#waiting.shift() ?? { since: 0, points: 0, bytes: 0 };
    this.#bytes -= oldest.bytes;
    return oldest;
  }
}
