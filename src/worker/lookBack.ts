// Looking back: what the network answered at an earlier step, computed again aside from the nearest checkpoint.
import { generationStart } from '../core/timeline.ts';
import type { Engine } from '../engine/engine.ts';
import { Aside, type Standing } from './aside.ts';
import { messageOf } from './messageOf.ts';
import type { Post } from './outbox.ts';
import { makePicture } from './picture.ts';
import { rightInProduction, type SealedFigure } from './sealedFigure.ts';
import { Training } from './training.ts';

export class LookBack {
  readonly #post: Post;
  readonly #run: Training;
  readonly #sealed: SealedFigure;
  /** The step that is asked for and not answered yet: the last one that was asked for. */
  #asked: number | null | undefined;
  #engine: Engine | undefined;
  #recipe: Training['recipe'];
  #aside: Aside | undefined;
  /** Runs whose rows this one inherited, trained again as far as they were asked for, by generation. */
  #ancestors = new Map<number, Training>();

  constructor(post: Post, run: Training, sealed: SealedFigure) {
    this.#post = post;
    this.#run = run;
    this.#sealed = sealed;
    this.#recipe = run.recipe;
  }

  /**
   * Asks for a step, or (null) for nothing any more. True where an answer is to be given in its turn; false where one is due already, which
   * will be to this step.
   */
  ask(step: number | null): boolean {
    const isDue = this.#asked !== undefined;
    this.#asked = step;
    return !isDue;
  }

  /** @param gradients whether the gradient of each neuron is wanted too */
  async answer(engine: Engine, gradients: boolean): Promise<void> {
    const step = this.#asked;
    this.#asked = undefined;
    if (step === undefined || step === null) this.forget();
    else await this.#show(engine, step, gradients);
  }

  /** Frees what it holds. */
  forget(): void {
    this.#aside?.dispose();
    this.#aside = undefined;
    for (const ancestor of this.#ancestors.values()) ancestor.dispose();
    this.#ancestors.clear();
  }

  async #show(engine: Engine, step: number, gradients: boolean): Promise<void> {
    try {
      const standing = await this.#at(engine, Math.min(step, this.#run.step));
      if (!standing) return;
      const picture = await makePicture(standing, { gradients });
      const production = this.#sealed.isOpen ? await rightInProduction(standing) : null;
      this.#post({ kind: 'past', picture, production });
    } catch (error) {
      this.forget();
      this.#post({ kind: 'notice', text: `Step ${step} could not be drawn again: ${messageOf(error)}.` });
    }
  }

  /** Undefined where another step was asked for on the way: its answer is due. */
  async #at(engine: Engine, step: number): Promise<Standing | undefined> {
    if (engine !== this.#engine || this.#run.recipe !== this.#recipe) this.forget();
    [this.#engine, this.#recipe] = [engine, this.#run.recipe];
    const source = await this.#sourceOf(engine, step);
    const checkpoint = await source.checkpointBefore(step);
    const from = checkpoint?.step ?? source.begin;
    let aside = this.#aside?.generation === source.generation ? this.#aside : undefined;
    if (!aside || (!checkpoint && aside.step > step)) {
      this.#aside?.dispose();
      this.#aside = aside = await Aside.start(engine, source, checkpoint);
    } else if (checkpoint && (aside.step > step || aside.step < from)) await aside.restore(checkpoint);
    const hasArrived = await aside.advanceTo(step, () => this.#asked !== undefined);
    return hasArrived ? aside : undefined;
  }

  /** The run, or the ancestor, that trained the step before this one. */
  async #sourceOf(engine: Engine, step: number): Promise<Training> {
    const { recipe, dataset } = this.#run;
    let { generation } = this.#run;
    while (generation > 0 && step < generationStart(recipe.timeline, generation)) generation--;
    if (generation === this.#run.generation) return this.#run;
    let ancestor = this.#ancestors.get(generation);
    if (!ancestor) {
      ancestor = await Training.start({ engine, recipe, generation, dataset });
      this.#ancestors.set(generation, ancestor);
    }
    while (ancestor.step < step) await ancestor.advance(step - ancestor.step, 64);
    await ancestor.drain();
    return ancestor;
  }
}
