// Presses remedies on a broken run, and doing nothing and another remedy from the same step, and sees which of them recover.
import { Rows, joinWords, type RowLayout } from '../../core/layout.ts';
import { hash, streams } from '../../core/random.ts';
import type { Dataset } from '../../data/dataset.ts';
import { remedies, remediesFor } from '../../remedies/index.ts';
import type { Remedy, RemedyContext } from '../../remedies/remedy.ts';
import type { ForkEntry } from '../../worker/protocol.ts';
import { Training } from '../../worker/training.ts';
import { bareEngine, datasetOf, engine } from './program.ts';
import { Run } from './run.ts';
import { mean } from './statistics.ts';
import type { Trial } from './trial.ts';

/** Steps after a remedy at whose end the run is held against its twin. */
const stepsAfter = 1000;
/** Evaluations that are averaged, and how close their loss must be to the twin's. */
const evaluations = 5;
const margin = 1.1;
/** Steps from an alert to a press. */
const reaction = 5;
const chunk = 64;

/** One remedy on one broken run. */
export interface Pressed {
  readonly remedy: string;
  /** It stands first on the detector's card. */
  readonly isFirst: boolean;
  readonly recovered: boolean;
  readonly recoveredByNothing: boolean;
  readonly recoveredByRandom: boolean;
}

interface Broken {
  readonly training: Training;
  readonly healthyCheckpoint: number;
}

/** Trains until the detector fires and the fault has done its work; undefined where it does not fire. */
async function breakRun(trial: Trial, detector: string, takes: number): Promise<Broken | undefined> {
  const { recipe, at, steps } = trial;
  const training = await Training.start({ engine, recipe, generation: 0, dataset: await datasetOf(recipe) });
  let press = steps;
  let healthyCheckpoint: number | undefined;
  while (training.step < press) {
    const { detected } = await training.advance(press - training.step, chunk);
    const fired = detected.find(
      ({ event }) =>
        event.kind === 'raised' &&
        event.finding.detector === detector &&
        event.finding.severity === 'firing' &&
        event.finding.at >= at,
    );
    if (fired && healthyCheckpoint === undefined) {
      healthyCheckpoint = fired.healthyCheckpoint;
      press = Math.max(training.step, at + takes) + reaction;
    }
  }
  return healthyCheckpoint === undefined ? undefined : { training, healthyCheckpoint };
}

/** Means of the last evaluations before `end`. */
function lastLoss(layout: RowLayout, words: Uint32Array<ArrayBuffer>, end: number): number {
  const rows = new Rows(layout, words);
  const [loss, evaluated] = [layout.column('validation_loss'), layout.column('evaluated_at')];
  const losses: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const step = rows.step(row);
    if (step < end && rows.value(row, evaluated) === step) losses.push(rows.value(row, loss) ?? NaN);
  }
  return mean(losses.slice(-evaluations));
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
    return lastLoss(this.#run.layout, this.#run.words(), end);
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
  readonly #recovered = new Map<string, Promise<boolean>>();

  constructor(broken: Broken, twin: Twin, context: RemedyContext) {
    this.#broken = broken;
    this.#twin = twin;
    this.#context = context;
  }

  /** @param remedy undefined = doing nothing */
  recovers(remedy: Remedy | undefined, starts: Remedy['starts']): Promise<boolean> {
    const key = `${remedy?.id ?? 'nothing'} ${starts}`;
    const found = this.#recovered.get(key) ?? this.#train(remedy, starts);
    this.#recovered.set(key, found);
    return found;
  }

  async #train(remedy: Remedy | undefined, starts: Remedy['starts']): Promise<boolean> {
    const { training, healthyCheckpoint } = this.#broken;
    const entry: ForkEntry = {
      kind: 'open',
      by: remedy?.id ?? 'nothing',
      change: remedy?.change(this.#context) ?? { kind: 'set', settings: {} },
      ...(starts === 'rewind' ? { rewindTo: healthyCheckpoint } : {}),
    };
    const { recipe, generation, inheritance } = await training.fork([entry]);
    const { dataset } = training;
    const fork = await Training.start({ engine: bareEngine, recipe, generation, dataset, inheritance });
    const end = inheritance.step + stepsAfter;
    const parts: Uint32Array<ArrayBuffer>[] = [];
    while (fork.step < end) parts.push((await fork.advance(end - fork.step, chunk)).words);
    parts.push((await fork.drain()).words);
    const loss = lastLoss(fork.layout, joinWords(parts), end);
    fork.dispose();
    return loss <= margin * (await this.#twin.lossBefore(end));
  }
}

/** Another remedy of the catalogue that could be pressed here, drawn by the trial's own seed. */
function anotherThan(remedy: Remedy, context: RemedyContext): Remedy | undefined {
  const all: readonly Remedy[] = remedies;
  const others = all.filter((other) => other.id !== remedy.id && other.offered(context));
  const { seed } = context.recipe;
  return others[hash(seed, streams.fault, remedy.id.length, others.length) % Math.max(1, others.length)];
}

/** Presses the first remedy of the detector's card and one of the others. Empty where the detector did not fire. */
export async function pressRemedies(
  trial: Trial,
  detector: string,
  takes: number,
): Promise<readonly Pressed[]> {
  const broken = await breakRun(trial, detector, takes);
  if (!broken) return [];
  const { training } = broken;
  const context: RemedyContext = { recipe: trial.recipe, settings: training.settings() };
  const [first, ...others] = remediesFor(detector, context);
  const other = others[trial.recipe.seed % Math.max(1, others.length)];
  const twin = await Twin.of(trial, training.dataset);
  const forks = new Forks(broken, twin, context);
  const pressed: Pressed[] = [];
  for (const remedy of [first, other]) {
    if (!remedy) continue;
    const { starts } = remedy;
    const random = anotherThan(remedy, context);
    pressed.push({
      remedy: remedy.id,
      isFirst: remedy === first,
      recovered: await forks.recovers(remedy, starts),
      recoveredByNothing: await forks.recovers(undefined, starts),
      recoveredByRandom: random !== undefined && (await forks.recovers(random, starts)),
    });
  }
  twin.dispose();
  training.dispose();
  return pressed;
}
