// Right in production: the truth that no signal tells, looked up along a run whose production drifts.
import type { Recipe } from '../../core/recipe.ts';
import { productionAt } from '../../core/stateFaults.ts';
import type { Dataset } from '../../data/dataset.ts';
import { shiftWindow } from '../../data/inputShift.ts';
import { productionSamples } from '../../data/production.ts';
import type { Training } from '../../worker/training.ts';
import type { Series } from '../../figures/series.ts';

/** Looks along a run, each at so many examples. */
const looks = 80;
const examples = 500;

/** Share of examples whose likeliest class is their label; outputs are count × classes. NaN is right nowhere. */
function shareRight(outputs: Float32Array, labels: Uint8Array, classes: number): number {
  let right = 0;
  for (let example = 0; example < labels.length; example++) {
    const [own, scores] = [
      labels[example] ?? 0,
      outputs.subarray(example * classes, (example + 1) * classes),
    ];
    const best = scores[own] ?? NaN;
    if (scores.every((score, label) => (label < own ? score < best : score <= best))) right++;
  }
  return right / labels.length;
}

/** Share of `count` examples, as users send them at this step, that the network classifies rightly. */
export async function productionAccuracy(
  { program, recipe, generation }: Training,
  dataset: Dataset,
  count: number,
): Promise<number> {
  const now = productionAt(recipe.timeline, generation, Math.max(0, program.step - 1));
  // Beyond what the divergence looks at within a run.
  const from = (Math.floor(program.step / recipe.validateEvery) + 1) * shiftWindow;
  const { inputs, labels } = productionSamples(dataset, recipe.seed, now, from, count);
  const { outputs } = await program.evaluate({ inputs });
  return shareRight(outputs, labels, dataset.classes);
}

export class ProductionLooks {
  readonly #dataset: Dataset;
  readonly #every: number;
  readonly #steps: number[] = [];
  readonly #values: number[] = [];
  /** Step at which to look next. */
  next: number;

  constructor({ timeline }: Recipe, dataset: Dataset, steps: number) {
    this.#dataset = dataset;
    this.#every = Math.max(1, Math.round(steps / looks));
    this.next = timeline.some(({ change }) => change.kind === 'drift') ? 0 : Infinity;
  }

  get series(): Series {
    return { steps: this.#steps, values: this.#values };
  }

  async look(training: Training): Promise<void> {
    const { step } = training;
    if (step < this.next) return;
    this.next = (Math.floor(step / this.#every) + 1) * this.#every;
    this.#steps.push(step);
    this.#values.push(await productionAccuracy(training, this.#dataset, examples));
  }
}
