// The interfaces that every engine implements.
import type { Recipe } from '../core/recipe.ts';
import type { RowLayout } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import type { Dataset } from '../data/dataset.ts';

/** Parameters, optimizer state, running statistics and counters at the start of `step`, before its interventions. */
export interface Checkpoint {
  readonly step: number;
  /** What a network with these regions calls them, e.g. `weights.1`, `moment1.weights.1`, `quiet.1`; counters are whole numbers. */
  readonly regions: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

/** Examples to run the network on without training: a set of the dataset, or inputs of one's own (count × features). */
export type Split = 'train' | 'validation' | { readonly inputs: Float32Array };

export interface Evaluation {
  readonly count: number;
  /** Mean loss and share classified rightly; undefined for inputs without labels. */
  readonly loss: number | undefined;
  readonly accuracy: number | undefined;
  /** Probability of each class, count × classes (two columns for a sigmoid output as well). */
  readonly outputs: Float32Array<ArrayBuffer>;
  /** Activations of each hidden layer, count × width. */
  readonly units: readonly Float32Array<ArrayBuffer>[];
}

/** A checkpoint that stays where it was taken (on the GPU, where there is one) until it is read. */
export interface Kept {
  readonly step: number;
  /** Brings it to this thread's memory; the same checkpoint at every call. Rejects when its device is lost and it was never read. */
  read(): Promise<Checkpoint>;
  /** Frees what it holds on a device. */
  dispose(): void;
}

/** A checkpoint that is on its way to this thread's memory already. */
export function keepNow(step: number, checkpoint: Promise<Checkpoint>): Kept {
  // Whoever reads sees a failure; one that nobody reads is no unhandled rejection.
  checkpoint.catch(() => undefined);
  return { step, read: () => checkpoint, dispose: () => undefined };
}

/** The telemetry levels that read back more than a row. */
export type DetailLevel = Exclude<Settings['telemetry'], 'core'>;

/** What the last step leaves behind beyond its row. What a level does not ask for is empty. */
export interface StepDetail {
  /** Gradient norm of each layer, the output layer's last. */
  readonly layerGradients: Float32Array<ArrayBuffer>;
  /** Mean activation of each hidden unit over the mini-batch, before dropout, layer by layer. */
  readonly activations: Float32Array<ArrayBuffer>;
  /** All parameters after the step, in the order of `signals/parameters.ts`. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Their gradients, with the L2 term, before clipping. */
  readonly gradients: Float32Array<ArrayBuffer>;
  /** Loss of each example of the mini-batch. */
  readonly losses: Float32Array<ArrayBuffer>;
}

export interface Program {
  readonly layout: RowLayout;
  /** How it runs the passes on a GPU, where its engine knows more than one way. */
  readonly execution?: 'resident' | 'staged';
  /** Step that will be computed next. */
  readonly step: number;
  /** Advances by `steps` steps; resolves when they are submitted, not when a GPU has finished them. */
  advance(steps: number): Promise<void> | void;
  /** Rows of the steps since the last call, in order; with `arrived` only those that are here already, without waiting for a device. */
  rows(which?: 'all' | 'arrived'): Promise<Uint32Array<ArrayBuffer>>;
  /** Rows that were overwritten on the device before they could be read; 0 unless something is wrong. */
  readonly missed: number;
  /** Reads back what a telemetry level wants of the last step: waits for the device. Before any step its numbers mean nothing. */
  detail(level: DetailLevel): Promise<StepDetail>;
  /** Takes a checkpoint of the current step without waiting for it. */
  keep(): Kept;
  checkpoint(): Promise<Checkpoint>;
  /** Continues from a checkpoint. Regions that the program lacks are left out; regions that it has beyond those start fresh. */
  restore(checkpoint: Checkpoint): Promise<void>;
  evaluate(split: Split): Promise<Evaluation>;
  /** Takes up a timeline with entries appended at or after the current step. The structure stays: see `fromStep`. */
  intervene(recipe: Recipe): void;
  dispose(): void;
}

/** What a program has cost so far. */
export interface Counters {
  steps: number;
  dispatches: number;
  submits: number;
  /** Readbacks of rows, and their bytes. */
  maps: number;
  readbackBytes: number;
}

/** Several runs of one structure, trained side by side by one program, each with its own seed and settings timeline. */
export interface Replicas {
  readonly count: number;
  readonly layout: RowLayout;
  /** Step that all of them compute next. */
  readonly step: number;
  readonly missed: number;
  readonly counters: Readonly<Counters>;
  advance(steps: number): Promise<void> | void;
  /** As `Program.rows`, one block per replica. */
  rows(which?: 'all' | 'arrived'): Promise<readonly Uint32Array<ArrayBuffer>[]>;
  checkpoint(replica: number): Promise<Checkpoint>;
  /** All replicas continue from checkpoints of the same step. */
  restore(checkpoints: readonly Checkpoint[]): Promise<void>;
  evaluate(replica: number, split: Split): Promise<Evaluation>;
  intervene(replica: number, recipe: Recipe): void;
  dispose(): void;
}

export interface CompileRequest {
  readonly recipe: Recipe;
  /** Which run of the recipe's timeline to train: 0 = before its first fork. */
  readonly generation: number;
  readonly dataset: Dataset;
  /**
   * Step that the program starts at; the settings in force there decide its structure (activation, batch normalisation, dropout).
   * Weights are the recipe's initial ones until `restore`.
   */
  readonly fromStep: number;
}

export interface Engine {
  /** As in `?engine=`: engine and execution, e.g. `compiled.plain`. */
  readonly id: string;
  /** For a person: what runs where, e.g. the adapter's name. */
  readonly description: string;
  /** Resolves with the reason when the device is lost; programs of this engine are of no use from then on. */
  readonly lost: Promise<string>;
  compile(request: CompileRequest): Promise<Program>;
  dispose(): void;
}

/** An engine that cannot run here: what is missing and what to do. */
export class EngineUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EngineUnavailable';
  }
}
