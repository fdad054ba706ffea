// A look at a program between two steps: what its weights do on whole sets, which no row tells.
import type { Recipe } from '../../core/recipe.ts';
import type { Settings } from '../../core/settings.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Checkpoint, Evaluation, Program } from '../../engine/engine.ts';
import { openBare } from './program.ts';

export class Glass {
  readonly #recipe: Recipe;
  readonly #program: Program;
  readonly #fresh: () => Promise<Dataset | undefined>;
  #trained: Promise<Evaluation> | undefined;

  /** @param fresh a dataset whose training set is the fresh split, where there is one */
  constructor(recipe: Recipe, program: Program, fresh: () => Promise<Dataset | undefined>) {
    this.#recipe = recipe;
    this.#program = program;
    this.#fresh = fresh;
  }

  /** Mean loss over the whole training set, with the labels that the data has. */
  async trainLoss(): Promise<number> {
    return (await this.#onTrain()).loss ?? NaN;
  }

  /** Mean loss over a split that neither trained nor validated; undefined where the data is used up. */
  async freshLoss(): Promise<number | undefined> {
    const dataset = await this.#fresh();
    if (!dataset) return undefined;
    // The settings in force before this step: what an entry at it changes is not there yet.
    const fromStep = Math.max(0, this.#program.step - 1);
    const request = { recipe: this.#recipe, generation: 0, dataset, fromStep };
    const probe = openBare(request);
    await probe.restore(await this.checkpoint());
    const { loss } = await probe.evaluate('train');
    probe.dispose();
    return loss;
  }

  /** For each hidden layer and unit, whether it is 0 on every example of the training set. */
  async silentUnits(): Promise<readonly (readonly boolean[])[]> {
    const { count, units } = await this.#onTrain();
    return units.map((activation) => {
      const width = activation.length / count;
      const active = new Uint8Array(width);
      activation.forEach((value, k) => {
        if (value !== 0) active[k % width] = 1;
      });
      return Array.from(active, (isActive) => isActive === 0);
    });
  }

  /** For each hidden layer, the share of its activations over the training set that lie outside (low, high). */
  async outside(low: number, high: number): Promise<readonly number[]> {
    const { units } = await this.#onTrain();
    return units.map(
      (activation) => activation.filter((value) => !(value > low && value < high)).length / activation.length,
    );
  }

  /** Whether every weight, every optimizer moment and the loss over the training set is a finite number. */
  async isFinite(): Promise<boolean> {
    const { regions } = await this.checkpoint();
    const finite = [...regions.values()].every((values) => values.every(Number.isFinite));
    return finite && Number.isFinite(await this.trainLoss());
  }

  checkpoint(): Promise<Checkpoint> {
    return this.#program.checkpoint();
  }

  #onTrain(): Promise<Evaluation> {
    this.#trained ??= this.#program.evaluate('train');
    return this.#trained;
  }
}

/** Outside these a tanh or sigmoid output lies within 1 % of its bounds. */
export function activationBounds(activation: Settings['activation']): readonly [low: number, high: number] {
  return activation === 'sigmoid' ? [0.01, 0.99] : [-0.98, 0.98];
}
