// How far a measurement is, on standard error.

const everyMs = 1000;
/** Where no terminal shows it, a line now and then. */
const everyMsInFile = 30_000;

/** Counts jobs by their cost. */
export class Progress {
  readonly #total: number;
  readonly #cost: number;
  readonly #begun = performance.now();
  #done = 0;
  #costDone = 0;
  #shown = 0;

  constructor(total: number, cost: number) {
    this.#total = total;
    this.#cost = cost;
  }

  add(cost: number): void {
    this.#done++;
    this.#costDone += cost;
    const now = performance.now();
    const isLast = this.#done === this.#total;
    if (!isLast && now - this.#shown < (process.stderr.isTTY ? everyMs : everyMsInFile)) return;
    this.#shown = now;
    const seconds = (now - this.#begun) / 1000;
    const left = Math.round((seconds * (this.#cost - this.#costDone)) / this.#costDone);
    const text = `${this.#done} of ${this.#total} runs, ${Math.round(seconds)} s, about ${left} s left`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}${isLast ? '\n' : ''}`);
    else process.stderr.write(`${text}\n`);
  }
}
