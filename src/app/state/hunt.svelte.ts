// A search on the wall against the clock: what was pressed, and whether that was it.
import type { Search } from '../../lessons/lesson.ts';

export class Hunt {
  #begun = 0;
  #seconds: number | undefined = $state();
  #gaveUp = $state(false);
  /** Weights that were pressed and were not it, in order. */
  wrong: readonly number[] = $state.raw([]);

  readonly result: Search = $derived.by(() => ({
    seconds: this.#seconds,
    wrong: this.wrong.length,
    gaveUp: this.#gaveUp,
  }));
  readonly isOver: boolean = $derived.by(() => this.#gaveUp || this.#seconds !== undefined);

  begin(): void {
    this.#begun = performance.now();
    this.#seconds = undefined;
    this.#gaveUp = false;
    this.wrong = [];
  }

  /** Since it began. */
  get elapsed(): number {
    return (performance.now() - this.#begun) / 1000;
  }

  press(weight: number, culprits: ReadonlySet<number>): void {
    if (this.isOver) return;
    if (culprits.has(weight)) this.#seconds = this.elapsed;
    else this.wrong = [...this.wrong, weight];
  }

  giveUp(): void {
    if (!this.isOver) this.#gaveUp = true;
  }
}
