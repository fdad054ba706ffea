// Presses remedies on a broken run, and doing nothing and another remedy from the same step, and sees which of them recover.
import { joinWords } from '../../core/layout.ts';
import type { EvaluationSeries } from '../../core/recovery.ts';
import { hash, streams } from '../../core/random.ts';
import type { Dataset } from '../../data/dataset.ts';
import { remedies, remediesFor } from '../../remedies/index.ts';
import { rewindOf, type Remedy, type RemedyContext } from '../../remedies/remedy.ts';
import type { Fork } from '../../worker/advance.ts';
import type { ForkEntry } from '../../worker/protocol.ts';
import { Training } from '../../worker/training.ts';
import { breakRun, chunk, evaluationsOf, type Broken } from './broken.ts';
import { plainEngine } from '../../engine/compiled/plain.ts';
import { bareEngine } from './program.ts';
import { Run } from './run.ts';
import { mean } from './statistics.ts';
import type { Trial } from './trial.ts';

/** What a remedy is measured by: validation loss against the twin's, or whether the alarm ends, where no loss tells. */
export type Recovery = 'loss' | 'alarm';

/** Steps after a remedy at whose end the run is judged. */
const stepsAfter: Readonly<Record<Recovery, number>> = { loss: 1000, alarm: 200 };
/** Evaluations that are averaged, and how close their loss must be to the twin's. */
const evaluations = 5;
const margin = 1.1;

/** One remedy on one broken run. */
export interface Pressed {
  readonly remedy: string;
  /** It stands first on the detector's card. */
  readonly isFirst: boolean;
  readonly recovered: boolean;
  readonly recoveredByNothing: boolean;
  readonly recoveredByRandom: boolean;
}

/** Mean of the last evaluations before `end`. */
function lastLoss({ steps, losses }: EvaluationSeries, end: number): number {
  return mean(losses.filter((_, k) => (steps[k] ?? end) < end).slice(-evaluations));
}

/** Losses of the twin, computed as far as somebody asks. */
class Twin {
  readonly #run: Run;

  private constructor(run: Run) {
    this.#run = run;
  }

  static async of({ recipe }: Trial, dataset: Dataset): Promise<Twin> {
    return new Twin(await Run.start({ ...recipe, timeline: [] }, dataset, 'bare'));
  }

  async lossBefore(end: number): Promise<number> {
    await this.#run.advanceTo(end);
    return lastLoss(evaluationsOf(this.#run.layout, this.#run.words()), end);
  }

  dispose(): void {
    this.#run.dispose();
  }
}

/** The runs that were forked from one broken run: each way to go on is trained once. */
class Forks {
  readonly #broken: Broken;
  readonly #twin: Twin;
  readonly #context: RemedyContext;
  readonly #by: Recovery;
  readonly #recovered = new Map<string, Promise<boolean>>();

  constructor(broken: Broken, twin: Twin, context: RemedyContext, by: Recovery) {
    this.#broken = broken;
    this.#twin = twin;
    this.#context = context;
    this.#by = by;
  }

  /** @param remedy undefined = doing nothing */
  recovers(remedy: Remedy | undefined, starts: Remedy['starts']): Promise<boolean> {
    const key = `${remedy?.id ?? 'nothing'} ${starts}`;
    const found = this.#recovered.get(key) ?? this.#train(remedy, starts);
    this.#recovered.set(key, found);
    return found;
  }

  async #train(remedy: Remedy | undefined, starts: Remedy['starts']): Promise<boolean> {
    const { training, checkpoints } = this.#broken;
    const rewindTo = rewindOf({ starts }, checkpoints);
    const entry: ForkEntry = {
      kind: 'open',
      by: remedy?.id ?? 'nothing',
      change: remedy?.change(this.#context) ?? { kind: 'set', settings: {} },
      ...(rewindTo !== undefined && { rewindTo }),
    };
    return this.#judge(await training.fork([entry]), training.dataset);
  }

  async #judge({ recipe, generation, inheritance }: Fork, dataset: Dataset): Promise<boolean> {
    const rows = this.#by === 'alarm' ? plainEngine : bareEngine;
    const fork = await Training.start({ engine: rows, recipe, generation, dataset, inheritance });
    const end = inheritance.step + stepsAfter[this.#by];
    const parts: Uint32Array<ArrayBuffer>[] = [];
    while (fork.step < end) parts.push((await fork.advance(end - fork.step, chunk)).words);
    parts.push((await fork.drain()).words);
    const { finding } = this.#broken;
    const isRaised = fork.active.some(({ detector }) => detector === finding.detector);
    const loss = lastLoss(evaluationsOf(fork.layout, joinWords(parts)), end);
    fork.dispose();
    return this.#by === 'alarm' ? !isRaised : loss <= margin * (await this.#twin.lossBefore(end));
  }
}

/** Another remedy of the catalogue that could be pressed here, drawn by the run's own seed. */
function anotherThan(remedy: Remedy, context: RemedyContext): Remedy | undefined {
  const all: readonly Remedy[] = remedies;
  const others = all.filter((other) => other.id !== remedy.id && other.offered(context));
  const drawn = hash(context.recipe.seed, streams.fault, all.indexOf(remedy));
  return others[drawn % Math.max(1, others.length)];
}

/** The first remedy of the detector's card, and one of the others. */
function pressable(detector: string, context: RemedyContext): readonly Remedy[] {
  const [first, ...others] = remediesFor(detector, context);
  const other = others[context.recipe.seed % Math.max(1, others.length)];
  return [first, other].filter((remedy) => remedy !== undefined);
}

/** Presses remedies on one run. Empty where the detector did not fire. */
export async function pressRemedies(
  trial: Trial,
  detector: string,
  takes: number,
  by: Recovery,
): Promise<readonly Pressed[]> {
  const broken = await breakRun(trial, detector, takes);
  if (!broken) return [];
  const { training, finding } = broken;
  const context: RemedyContext = { recipe: trial.recipe, settings: training.settings(), finding };
  const twin = await Twin.of(trial, training.dataset);
  const forks = new Forks(broken, twin, context, by);
  const pressed: Pressed[] = [];
  for (const [index, remedy] of pressable(detector, context).entries()) {
    const { id, starts } = remedy;
    const random = anotherThan(remedy, context);
    pressed.push({
      remedy: id,
      isFirst: index === 0,
      recovered: await forks.recovers(remedy, starts),
      recoveredByNothing: await forks.recovers(undefined, starts),
      recoveredByRandom: random !== undefined && (await forks.recovers(random, starts)),
    });
  }
  twin.dispose();
  training.dispose();
  return pressed;
}
