// A program of the tfjs engine: queues steps on the device and reads their rows back many at a time.
import type { Tensor } from '@tensorflow/tfjs';
import { RowWriter, type RowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import { biasPushes, productionAt, spoiltBatches } from '../../core/stateFaults.ts';
import { settingsAt, settingsPeriods, type SettingsPeriod } from '../../core/timeline.ts';
import {
  keepNow,
  type Checkpoint,
  type CompileRequest,
  type DetailLevel,
  type Evaluation,
  type Kept,
  type Program,
  type Split,
  type StepDetail,
} from '../engine.ts';
import type { Backend } from './backend.ts';
import { readDetail } from './detail.ts';
import { evaluateSplit } from './evaluation.ts';
import type { Lifeline } from '../gpu/lifeline.ts';
import { disposeRun, makeRun, type Run } from './run.ts';
import { computeStep, type PendingRow, type StateFaults } from './step.ts';

/** Rows that may wait on the device: they bound the work queued there, and its memory. */
const mostPending = 32;

function faultsOf({ timeline }: Recipe, generation: number): StateFaults {
  return {
    pushes: biasPushes(timeline, generation),
    spoilt: spoiltBatches(timeline, generation),
    production: (step) => productionAt(timeline, generation, step),
  };
}

export class TfjsProgram implements Program {
  readonly missed = 0;
  readonly #backend: Backend;
  readonly #lifeline: Lifeline;
  readonly #generation: number;
  readonly #forget: () => void;
  readonly #run: Run;
  readonly #writer: RowWriter;
  #pending: PendingRow[] = [];
  #periods: readonly SettingsPeriod[];
  #faults: StateFaults;
  #disposed = false;
  /** End of the queue: calls run one after another, for each waits for the device in between. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param forget called when the program is disposed of */
  constructor(backend: Backend, lifeline: Lifeline, request: CompileRequest, forget: () => void) {
    this.#forget = forget;
    backend.use();
    this.#backend = backend;
    this.#lifeline = lifeline;
    this.#generation = request.generation;
    this.#run = makeRun(backend, request);
    this.#writer = new RowWriter(this.layout);
    this.#periods = settingsPeriods(request.recipe, request.generation);
    this.#faults = faultsOf(request.recipe, request.generation);
  }

  get layout(): RowLayout {
    return this.#run.layout;
  }

  get step(): number {
    return this.#run.state.step;
  }

  advance(steps: number): Promise<void> {
    return this.#enqueue(async () => {
      for (let k = 0; k < steps; k++) {
        if (this.#pending.length >= mostPending) await this.#drain();
        this.#check();
        const settings = settingsAt(this.#periods, this.step);
        this.#pending.push(computeStep(this.#run, settings, this.#faults));
        this.#backend.submit();
      }
    });
  }

  rows(): Promise<Uint32Array<ArrayBuffer>> {
    return this.#enqueue(async () => {
      await this.#drain();
      return this.#writer.take();
    });
  }

  detail(level: DetailLevel): Promise<StepDetail> {
    return this.#enqueue(() => readDetail(this.#run.network, this.#run.state, level, this.#read));
  }

  keep(): Kept {
    return keepNow(this.step, this.checkpoint());
  }

  checkpoint(): Promise<Checkpoint> {
    return this.#enqueue(() => this.#run.state.checkpoint(this.#read));
  }

  restore(checkpoint: Checkpoint): Promise<void> {
    return this.#enqueue(() => {
      this.#run.state.restore(checkpoint);
      this.#dropPending();
      this.#writer.take();
      return Promise.resolve();
    });
  }

  evaluate(split: Split): Promise<Evaluation> {
    return this.#enqueue(() => evaluateSplit(this.#run, split, this.#read));
  }

  intervene(recipe: Recipe): void {
    this.#periods = settingsPeriods(recipe, this.#generation);
    this.#faults = faultsOf(recipe, this.#generation);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#forget();
    this.#dropPending();
    disposeRun(this.#run);
  }

  #dropPending(): void {
    for (const { values } of this.#pending) values.dispose();
    this.#pending = [];
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      this.#check();
      return work();
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Before each block of operations: another engine may have been active, and this program may be of no use any more. */
  #check(): void {
    if (this.#disposed) throw new Error('program: disposed of; compile a new one');
    this.#lifeline.check();
    this.#backend.use();
  }

  /** Reads a tensor back and disposes of it. The promise rejects, and never hangs, when the device is lost. */
  readonly #read = async (tensor: Tensor): Promise<Float32Array> => {
    try {
      return await this.#lifeline.guard(tensor.data<'float32'>());
    } finally {
      tensor.dispose();
    }
  };

  /** Moves all pending rows from the device to the writer with one readback. */
  async #drain(): Promise<void> {
    const taken = this.#pending;
    if (taken.length === 0) return;
    this.#pending = [];
    const stacked = this.#run.network.tf.stack(taken.map(({ values }) => values));
    for (const { values } of taken) values.dispose();
    const numbers = await this.#read(stacked);
    const width = this.layout.columns.length;
    taken.forEach((row, index) => {
      this.#write(row, numbers.subarray(index * width, (index + 1) * width));
    });
  }

  #write(row: PendingRow, values: Float32Array): void {
    const { step, columns, learningRate, evaluatedAt, divergences } = row;
    this.#writer.begin(step);
    for (const column of columns) this.#writer.set(column, values[column] ?? 0);
    this.#writer.set(this.layout.column('learning_rate'), learningRate);
    if (evaluatedAt < 0) return;
    this.#writer.set(this.layout.column('evaluated_at'), evaluatedAt);
    this.#writer.set(this.layout.column('input_kl_divergence'), divergences.window);
    this.#writer.set(this.layout.column('input_kl_batch'), divergences.batch);
  }
}
