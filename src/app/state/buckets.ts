// The rows that stand for each full bucket of a drawn line: looked at once, and forgotten where nobody looks any more.

/** By first step: the rows of one bucket, in order. */
export type LineBuckets = Map<number, readonly number[]>;

/** Lines that are remembered: more than are drawn at a time, at every zoom that a person goes through. */
const mostLines = 24;

export class Buckets {
  /** The last drawn last. */
  readonly #lines = new Map<string, LineBuckets>();

  /**
   * What is known of a line's buckets; those outside the window have gone where they were the more.
   * @param line what is drawn, and the size of its buckets
   * @param count buckets from step `from` to step `to`
   */
  of(line: string, { from, to, count }: Record<'from' | 'to' | 'count', number>): LineBuckets {
    const known = this.#lines.get(line) ?? new Map<number, readonly number[]>();
    this.#lines.delete(line);
    this.#lines.set(line, known);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > mostLines && oldest !== undefined) this.#lines.delete(oldest);
    if (known.size > 2 * count)
      for (const step of known.keys()) if (step < from || step > to) known.delete(step);
    return known;
  }

  clear(): void {
    this.#lines.clear();
  }
}
