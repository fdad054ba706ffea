// The program that a run has at the moment: compiled anew where its structure changes, and with another engine where the device was lost.
import { sameStructure, type Settings } from '../core/settings.ts';
import type { Dataset } from '../data/dataset.ts';
import { datasetUnder } from '../data/refreshed.ts';
import type { Checkpoint, Engine, Program } from '../engine/engine.ts';
import { withContext } from '../engine/context.ts';
import type { Course } from './course.ts';

/** A program for the settings in force at a step, whose rows hold the column that no engine computes as well. */
async function compileAt(engine: Engine, course: Course, data: Dataset, fromStep: number): Promise<Program> {
  const { recipe, generation } = course;
  const dataset = datasetUnder(data, recipe, course.validationSource(fromStep));
  const request = { recipe, generation, dataset, fromStep };
  return withContext(await engine.compile(request), request);
}

export class Compiled {
  readonly #course: Course;
  readonly #dataset: Dataset;
  #engine: Engine;
  #program: Program;
  #structure: Settings;
  /** Step at which it was compiled or restored. */
  #since: number;
  /** Rows that programs before this one had missed. */
  #missedBefore = 0;

  private constructor(engine: Engine, course: Course, dataset: Dataset, program: Program) {
    this.#engine = engine;
    this.#course = course;
    this.#dataset = dataset;
    this.#program = program;
    this.#structure = course.settings(program.step);
    this.#since = program.step;
  }

  static async start(
    engine: Engine,
    course: Course,
    dataset: Dataset,
    fromStep = course.begin,
  ): Promise<Compiled> {
    return new Compiled(engine, course, dataset, await compileAt(engine, course, dataset, fromStep));
  }

  get program(): Program {
    return this.#program;
  }

  /** Rows that were overwritten on a device before they could be read. */
  get missed(): number {
    return this.#missedBefore + this.#program.missed;
  }

  /** It has computed the step before its own: what that leaves behind can be read. */
  get hasStepped(): boolean {
    return this.#program.step > this.#since;
  }

  /** The settings in force now need another program. */
  get isOutdated(): boolean {
    return !sameStructure(this.#course.settings(this.#program.step), this.#structure);
  }

  /** A change of structure compiles a new program, which carries the weights that still fit. */
  async restructure(): Promise<void> {
    if (!this.isOutdated) return;
    const { program } = this;
    await this.#replace(program.step, await program.checkpoint());
  }

  /** Goes on from a checkpoint of any step of the run. */
  async restore(checkpoint: Checkpoint): Promise<void> {
    const isSame = sameStructure(this.#course.settings(checkpoint.step), this.#structure);
    if (!isSame) await this.#replace(checkpoint.step, checkpoint);
    else await this.#program.restore(checkpoint);
    this.#since = checkpoint.step;
  }

  /** Another engine from now on, and its program: from a checkpoint, or from the beginning of the run. */
  async move(engine: Engine, checkpoint: Checkpoint | undefined): Promise<void> {
    this.#engine = engine;
    await this.#replace(checkpoint?.step ?? this.#course.begin, checkpoint);
  }

  async #replace(fromStep: number, checkpoint: Checkpoint | undefined): Promise<void> {
    const program = await compileAt(this.#engine, this.#course, this.#dataset, fromStep);
    if (checkpoint) await program.restore(checkpoint);
    this.#missedBefore += this.#program.missed;
    this.#program.dispose();
    this.#program = program;
    this.#structure = this.#course.settings(fromStep);
    this.#since = fromStep;
  }
}
