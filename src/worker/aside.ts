// The network of a run as it stood at an earlier step: computed again beside the run, which notices nothing of it.
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Checkpoint, Engine, Program } from '../engine/engine.ts';
import { Compiled } from './compiled.ts';
import { Course } from './course.ts';
import { nextTask } from './waiting.ts';

/** Longest stretch without giving messages a turn. */
const sliceMilliseconds = 30;

/** A network at one step of a run: what a picture is drawn of. */
export interface Standing {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly dataset: Dataset;
  readonly program: Program;
  /** The step that it would compute next. */
  readonly step: number;
  /** The step before was computed by this program: its gradients can be read. */
  readonly hasStepped: boolean;
  settings(): Settings;
}

export class Aside implements Standing {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly dataset: Dataset;
  readonly #course: Course;
  readonly #compiled: Compiled;

  private constructor({ recipe, generation, dataset }: Standing, course: Course, compiled: Compiled) {
    this.recipe = recipe;
    this.generation = generation;
    this.dataset = dataset;
    this.#course = course;
    this.#compiled = compiled;
  }

  /** @param checkpoint absent = the very beginning of the run */
  static async start(engine: Engine, of: Standing, checkpoint: Checkpoint | undefined): Promise<Aside> {
    const course = new Course(of.recipe, of.generation);
    const compiled = await Compiled.start(engine, course, of.dataset, checkpoint?.step);
    if (checkpoint) await compiled.restore(checkpoint);
    return new Aside(of, course, compiled);
  }

  get program(): Program {
    return this.#compiled.program;
  }

  get step(): number {
    return this.program.step;
  }

  get hasStepped(): boolean {
    return this.#compiled.hasStepped;
  }

  settings(): Settings {
    return this.#course.settings(this.step);
  }

  restore(checkpoint: Checkpoint): Promise<void> {
    return this.#compiled.restore(checkpoint);
  }

  /**
   * Computes on to a step at or after its own; what the rows say is known already. False where it was called off on the way.
   * @param isCalledOff something else is wanted by now
   */
  async advanceTo(step: number, isCalledOff: () => boolean): Promise<boolean> {
    let breathed = performance.now();
    while (this.step < step) {
      if (performance.now() - breathed > sliceMilliseconds) {
        await nextTask();
        breathed = performance.now();
        if (isCalledOff()) return false;
      }
      await this.#compiled.restructure();
      await this.program.advance(Math.min(step, this.#course.boundaryAfter(this.step)) - this.step);
      await this.program.rows('all');
    }
    // What takes effect at the step itself is in force there.
    await this.#compiled.restructure();
    return true;
  }

  dispose(): void {
    this.program.dispose();
  }
}
