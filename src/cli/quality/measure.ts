// Trains one trial, its twin beside it where a truth asks for one, and says what happened and what was said of it.
import type { Dataset } from '../../data/dataset.ts';
import { datasetOf, freshDataset } from './program.ts';
import { Glass } from './glass.ts';
import { Run } from './run.ts';
import type { Outcome, Trial, Verdict } from './trial.ts';
import type { Truth } from './truth.ts';
import { watch } from './watch.ts';

/** The twin is the run itself until the first entry of the timeline. */
function partingStep({ recipe, steps }: Trial): number {
  return Math.min(steps, ...recipe.timeline.map(({ at }) => at));
}

class Pair {
  readonly #trial: Trial;
  readonly #run: Run;
  readonly #needsTwin: boolean;
  #twin: Run | undefined;
  #fresh: Promise<Dataset | undefined> | undefined;

  constructor(trial: Trial, run: Run, needsTwin: boolean) {
    this.#trial = trial;
    this.#run = run;
    this.#needsTwin = needsTwin;
  }

  async look(step: number, truths: readonly Truth[]): Promise<void> {
    const parting = partingStep(this.#trial);
    // What is changed at step 0 is changed before weights are drawn.
    const parts = this.#needsTwin && (step > parting || parting === 0);
    if (parts && !this.#twin) await this.#part(parting);
    await this.#run.advanceTo(step);
    const run = this.#glass(this.#run);
    if (parts) await this.#twin?.advanceTo(step);
    const twin = parts && this.#twin ? this.#glass(this.#twin) : run;
    for (const truth of truths) await truth.look(step, run, twin);
  }

  dispose(): void {
    this.#run.dispose();
    this.#twin?.dispose();
  }

  async #part(parting: number): Promise<void> {
    await this.#run.advanceTo(parting);
    const { recipe } = this.#trial;
    this.#twin = await Run.start({ ...recipe, timeline: [] }, this.#run.dataset, 'bare');
    if (parting > 0) await this.#twin.restore(await this.#run.program.checkpoint());
  }

  #glass({ recipe, program }: Run): Glass {
    return new Glass(recipe, program, () => {
      this.#fresh ??= freshDataset(recipe);
      return this.#fresh;
    });
  }
}

/**
 * Trains the trial and looks where its truths want to look.
 * @param others look as well, and pass no verdict
 */
export async function measure(
  trial: Trial,
  truths: Readonly<Record<string, Truth>>,
  others: readonly Truth[] = [],
): Promise<Outcome> {
  const { recipe, steps } = trial;
  const dataset = await datasetOf(recipe);
  const looking = [...Object.values(truths), ...others];
  const run = await Run.start(recipe, dataset, 'full');
  const pair = new Pair(
    trial,
    run,
    looking.some(({ needsTwin }) => needsTwin),
  );
  const nextLook = (from: number): number =>
    Math.min(...looking.map((truth) => truth.nextLook(from)), Infinity);
  for (let step = nextLook(0); step <= steps; step = nextLook(step + 1)) {
    await pair.look(
      step,
      looking.filter((truth) => truth.nextLook(step) === step),
    );
  }
  await run.advanceTo(steps);
  const watched = watch(recipe, dataset, run.layout, run.words());
  pair.dispose();
  const verdicts = Object.entries(truths).map(([id, truth]): [string, Verdict] => [id, truth.verdict()]);
  return { verdicts: Object.fromEntries(verdicts), ...watched };
}
