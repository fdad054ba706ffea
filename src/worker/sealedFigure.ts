// The sealed figure: how much is right on what users send. Nobody emits it during training; it is worked out only once somebody has asked.
import { productionAt } from '../core/stateFaults.ts';
import { labelScale, type Dataset } from '../data/dataset.ts';
import { productionSamples } from '../data/production.ts';
import type { Standing } from './aside.ts';

/** Examples of the stream that are judged. */
const judged = 1000;
/** Between two figures, in milliseconds. */
const interval = 400;
/** It may take at most one part in so many of the time. */
const share = 10;

export interface Figure {
  readonly step: number;
  /** Share classified rightly. */
  readonly right: number;
  readonly count: number;
}

/** Place of the largest of `classes` values from `offset` on; −1 where none is a number. */
function largest(values: Float32Array, offset: number, classes: number): number {
  let [best, at] = [-Infinity, -1];
  for (let k = 0; k < classes; k++) {
    const value = values[offset + k] ?? NaN;
    if (value > best) [best, at] = [value, k];
  }
  return at;
}

/** Whether the outputs of an example say its label; of numbers, whether the upper half's share is within the tolerance of it. */
function isRight(dataset: Dataset, outputs: Float32Array, offset: number, label: number): boolean {
  const { classes, target } = dataset;
  if (!target) return largest(outputs, offset, classes) === label;
  const { levels, tolerance } = labelScale(dataset);
  return Math.abs((outputs[offset + 1] ?? NaN) - label / (levels - 1)) <= tolerance;
}

/** How much is right of what users send at a step. */
export async function rightInProduction(standing: Standing): Promise<Figure> {
  const { recipe, generation, dataset, program, step } = standing;
  const production = productionAt(recipe.timeline, generation, step);
  const { inputs, labels } = productionSamples(dataset, recipe.seed, production, step * judged, judged);
  const { outputs } = await program.evaluate({ inputs });
  const right = labels.filter((label, k) => isRight(dataset, outputs, k * dataset.classes, label));
  return { step, right: right.length / judged, count: judged };
}

export class SealedFigure {
  #isOpen = false;
  #next = 0;
  #told = -1;

  open(): void {
    this.#isOpen = true;
    this.#told = -1;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The next figure is due as soon as there is anything new to tell. */
  hurry(): void {
    this.#next = 0;
  }

  isDue(step: number): boolean {
    return this.#isOpen && step !== this.#told && performance.now() >= this.#next;
  }

  async figure(standing: Standing): Promise<Figure> {
    const begun = performance.now();
    const figure = await rightInProduction(standing);
    const ended = performance.now();
    this.#told = figure.step;
    this.#next = ended + Math.max(interval, (ended - begun) * share);
    return figure;
  }
}
