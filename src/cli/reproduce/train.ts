// Trains every run of a recipe's timeline without a page: each to the same last step, so that a repaired run stands beside the broken one.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { joinWords, Rows } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import { generationStart } from '../../core/timeline.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Engine } from '../../engine/engine.ts';
import type { RecordedRun } from '../../figures/recordedRun.ts';
import type { Detected } from '../../worker/protocol.ts';
import type { Inheritance } from '../../worker/protocol.ts';
import { Training, type Advance, type Fork } from '../../worker/training.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { ProductionLooks } from './production.ts';

/** What training needs beside a recipe. */
export interface Workshop {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly progress: (line: string) => void;
  /** Interrupted by a person. */
  readonly signal: AbortSignal;
}

/** One run of the timeline, trained. */
export interface TrainedRun extends RecordedRun {
  readonly detected: readonly Detected[];
  readonly outcome: Outcome;
}

/** A person pressed Ctrl-C. */
export class Interrupted extends Error {}

/** Longest stretch without giving signals a turn: whoever passes Ctrl-C on to this process waits 30 ms for it to listen. */
const sliceMilliseconds = 8;
const progressMilliseconds = 2000;

/** Steps between two looks at the clock. Images take milliseconds each; a GPU is asked for many at a time. */
function chunkOf({ engine, dataset }: Workshop): number {
  if (engine.id !== 'compiled.plain') return 64;
  return dataset.image ? 1 : 8;
}

class Pacer {
  readonly #workshop: Workshop;
  readonly #say: (step: number) => void;
  #slice = performance.now();
  #said = performance.now();

  constructor(workshop: Workshop, say: (step: number) => void) {
    this.#workshop = workshop;
    this.#say = say;
  }

  /** @throws Interrupted */
  async rest(step: number): Promise<void> {
    if (performance.now() - this.#slice < sliceMilliseconds) return;
    await nextTurn();
    this.#workshop.signal.throwIfAborted();
    this.#slice = performance.now();
    if (this.#slice - this.#said < progressMilliseconds) return;
    this.#said = this.#slice;
    this.#say(step);
  }
}

interface RunRequest {
  readonly recipe: Recipe;
  readonly generation: number;
  readonly inheritance?: Inheritance | undefined;
  readonly steps: number;
  /** For a person. */
  readonly name: string;
}

interface Trained {
  readonly run: TrainedRun;
  readonly fork: Fork | undefined;
}

/** Trains one run to its last step; it goes on past the entry that opens the next one. */
async function trainRun(request: RunRequest, workshop: Workshop): Promise<Trained> {
  const { recipe, generation, inheritance, steps, name } = request;
  const training = await Training.start({
    engine: workshop.engine,
    dataset: workshop.dataset,
    recipe,
    generation,
    inheritance,
  });
  const begin = generationStart(recipe.timeline, generation);
  const inherited = training.active;
  const words: Uint32Array<ArrayBuffer>[] = [];
  const detected: Detected[] = [];
  const checkpoints: number[] = [];
  let fork: Fork | undefined;
  const take = (advance: Advance): void => {
    words.push(advance.words);
    detected.push(...advance.detected);
    checkpoints.push(...advance.checkpoints);
    fork ??= advance.fork;
    for (const { event } of advance.detected) workshop.progress(`${name}: ${eventLine(event)}`);
  };
  const pacer = new Pacer(workshop, (step) => workshop.progress(`${name}: step ${step} of ${steps}`));
  const chunk = chunkOf(workshop);
  const sealed = new ProductionLooks(recipe, workshop.dataset, steps);
  try {
    while (training.step < steps) {
      await sealed.look(training);
      const end = Math.min(training.step + chunk, sealed.next, steps);
      take(await training.advance(end - training.step, chunk));
      await pacer.rest(training.step);
    }
    take(await training.drain());
    if (training.missed > 0)
      throw new Error(`${training.missed} rows were overwritten on the GPU before they could be read`);
    const own = joinWords(words);
    const { layout } = training;
    const run = {
      recipe,
      generation,
      name: runName(generation),
      begin,
      end: steps,
      rows: new Rows(layout, own),
      allRows: new Rows(layout, inheritance ? joinWords([inheritance.rows, own]) : own),
      inherited,
      detected,
      checkpoints,
      production: sealed.series,
      outcome: await outcomeOf(training, workshop.dataset),
    };
    return { run, fork };
  } finally {
    training.dispose();
  }
}

function eventLine(event: Detected['event']): string {
  if (event.kind === 'resolved') return `${event.detector} is over at step ${event.at}`;
  const { detector, severity, layer, at } = event.finding;
  const where = layer === 0 ? '' : ` in layer ${layer}`;
  return `${detector}${where} ${severity === 'firing' ? 'fires' : 'warns'} at step ${at}`;
}

/** Every run that the timeline opens within these steps, in order. */
export async function trainTimeline(
  recipe: Recipe,
  steps: number,
  workshop: Workshop,
): Promise<readonly [TrainedRun, ...TrainedRun[]]> {
  const first = await trainRun({ recipe, generation: 0, steps, name: 'run A' }, workshop);
  const runs: [TrainedRun, ...TrainedRun[]] = [first.run];
  let { fork } = first;
  while (fork) {
    const { generation, inheritance } = fork;
    const name = `run ${runName(generation)}`;
    const next = await trainRun({ recipe, generation, inheritance, steps, name }, workshop);
    runs.push(next.run);
    fork = next.fork;
  }
  return runs;
}

/** Runs are named as on the page: A, then B for what was forked from it. */
function runName(generation: number): string {
  return String.fromCharCode(65 + (generation % 26));
}
