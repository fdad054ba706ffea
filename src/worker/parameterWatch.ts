// Parameters on their way to the page, where every weight is watched: the first of them, at some of the steps since the last message.
import type { ParameterHistory } from '../telemetry/cost.ts';

/** The page has no room for more charts. */
const mostParameters = 2000;
/** Steps in one message: more could not be told apart on a chart of its size. */
const mostSteps = 64;
const betweenMessages = 250;

export class ParameterWatch {
  watched = false;
  #steps: number[] = [];
  #values: Float32Array[] = [];
  #total = 0;
  /** Every so-manieth step is kept. */
  #every = 1;
  #told = -Infinity;

  see(step: number, parameters: Float32Array): void {
    if (parameters.length === 0) return;
    this.#total = parameters.length;
    // Whoever begins to watch a run that rests sees where it rests.
    if (!this.watched) [this.#steps, this.#values, this.#every] = [[], [], 1];
    if (step % this.#every !== 0) return;
    this.#steps.push(step);
    this.#values.push(parameters.slice(0, mostParameters));
    if (this.#steps.length > mostSteps) this.#thin();
  }

  /**
   * What there is to tell, when it is time to.
   * @param resting the run comes to rest: it is time now
   */
  due(resting = false): ParameterHistory | undefined {
    const time = performance.now();
    if (!this.watched || this.#steps.length === 0) return undefined;
    if (time - this.#told < betweenMessages && !resting) return undefined;
    this.#told = time;
    const count = this.#values.at(-1)?.length ?? 0;
    // A change of structure changes their number: older ones are of another network.
    const from = this.#values.findLastIndex(({ length }) => length !== count) + 1;
    const values = new Float32Array((this.#values.length - from) * count);
    this.#values.slice(from).forEach((one, index) => {
      values.set(one, index * count);
    });
    const history = { steps: Uint32Array.from(this.#steps.slice(from)), values, count, total: this.#total };
    [this.#steps, this.#values, this.#every] = [[], [], 1];
    return history;
  }

  #thin(): void {
    this.#every *= 2;
    const kept = this.#steps.map((step) => step % this.#every === 0);
    this.#steps = this.#steps.filter((_, k) => kept[k]);
    this.#values = this.#values.filter((_, k) => kept[k]);
  }
}
