// When a network has learned: its validation accuracy is well above chance and has stopped climbing.

const flatSteps = 60;
const flatGain = 0.02;
const aboveChance = 0.25;

/** Follows a run's evaluations; page and training thread ask the same question of the same rows. */
export class LearningWatch {
  /** Step at which it had learned; undefined = not yet. */
  at: number | undefined;
  readonly #chance: number;
  #seen: { readonly step: number; readonly accuracy: number }[] = [];

  constructor(classes: number) {
    this.#chance = 1 / classes;
  }

  see(step: number, accuracy: number): void {
    if (this.at !== undefined) return;
    this.#seen.push({ step, accuracy });
    const last = this.#seen.findLastIndex((evaluation) => evaluation.step <= step - flatSteps);
    const before = this.#seen[last];
    if (!before) return;
    // A network may never learn: what lies further back is not asked for again.
    this.#seen = this.#seen.slice(last);
    if (accuracy > this.#chance + aboveChance && accuracy - before.accuracy < flatGain) this.at = step;
  }
}
