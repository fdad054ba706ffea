// What happened while a run advanced, gathered until somebody hears of it: a device that is lost in between takes nothing of it away.
import { joinWords } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Intervention } from '../core/timeline.ts';
import type { Detected, Inheritance } from './protocol.ts';

export interface Fork {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly inheritance: Inheritance;
}

/**
 * In order of steps. Findings beside entries are of later rows: findings of the rows before an entry are handed over in an advance
 * before it.
 */
export interface Advance {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly detected: readonly Detected[];
  /** Timeline entries that took effect. */
  readonly entries: readonly Intervention[];
  /** Steps before which a checkpoint was taken. */
  readonly checkpoints: readonly number[];
  /** The next run of the timeline, where its entry was reached. */
  readonly fork: Fork | undefined;
}

export class Gathered {
  #words: Uint32Array<ArrayBuffer>[] = [];
  #detected: readonly Detected[] = [];
  #entries: readonly Intervention[] = [];
  #checkpoints: readonly number[] = [];
  #fork: Fork | undefined;

  rows(words: Uint32Array<ArrayBuffer>, detected: readonly Detected[]): void {
    if (words.length > 0) this.#words.push(words);
    this.#detected = [...this.#detected, ...detected];
  }

  entries(entries: readonly Intervention[]): void {
    this.#entries = [...this.#entries, ...entries];
  }

  checkpoint(step: number): void {
    this.#checkpoints = [...this.#checkpoints, step];
  }

  fork(fork: Fork): void {
    this.#fork = fork;
  }

  get hasDetected(): boolean {
    return this.#detected.length > 0;
  }

  /** Something that a person may want to see. */
  get isEventful(): boolean {
    return this.hasDetected || this.#entries.length > 0 || this.#fork !== undefined;
  }

  take(): Advance {
    const taken = {
      words: joinWords(this.#words),
      detected: this.#detected,
      entries: this.#entries,
      checkpoints: this.#checkpoints,
      fork: this.#fork,
    };
    [this.#words, this.#detected, this.#entries, this.#checkpoints] = [[], [], [], []];
    this.#fork = undefined;
    return taken;
  }
}
