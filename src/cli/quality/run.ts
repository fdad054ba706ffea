// One run of a recipe's timeline up to its first fork, advanced to chosen steps.
import { joinWords, type RowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Checkpoint, Program } from '../../engine/engine.ts';
import { Compiled } from '../../worker/compiled.ts';
import { Course } from '../../worker/course.ts';
import { plainEngine } from '../../engine/compiled/plain.ts';
import { bareEngine } from './program.ts';

export class Run {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly #course: Course;
  readonly #compiled: Compiled;
  readonly #parts: Uint32Array<ArrayBuffer>[] = [];

  private constructor(recipe: Recipe, dataset: Dataset, course: Course, compiled: Compiled) {
    this.recipe = recipe;
    this.dataset = dataset;
    this.#course = course;
    this.#compiled = compiled;
  }

  /** @param rows `bare` where nobody reads them */
  static async start(recipe: Recipe, dataset: Dataset, rows: 'full' | 'bare'): Promise<Run> {
    const course = new Course(recipe, 0);
    const compiled = await Compiled.start(rows === 'full' ? plainEngine : bareEngine, course, dataset);
    return new Run(recipe, dataset, course, compiled);
  }

  get program(): Program {
    return this.#compiled.program;
  }

  get layout(): RowLayout {
    return this.program.layout;
  }

  /** Advances up to before `step`; a change of structure on the way compiles a new program. */
  async advanceTo(step: number): Promise<void> {
    while (this.program.step < step) {
      await this.#compiled.restructure();
      const { step: now } = this.program;
      await this.program.advance(Math.min(step, this.#course.boundaryAfter(now)) - now);
      this.#parts.push(await this.program.rows());
    }
  }

  /** Continues from where another run of the same structure stands. */
  async restore(checkpoint: Checkpoint): Promise<void> {
    await this.program.restore(checkpoint);
  }

  /** All rows so far. */
  words(): Uint32Array<ArrayBuffer> {
    return joinWords(this.#parts);
  }

  dispose(): void {
    this.program.dispose();
  }
}
