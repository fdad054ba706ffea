// A pass: one part of a training step, with a voice per execution.
import type { RowWriter, RowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Settings } from '../../core/settings.ts';
import type { Production, SpoiltBatches, TimedPush } from '../../core/stateFaults.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Arena, Reals } from './arena.ts';
import type { Divergences } from './passes/inputShift.ts';
import type { Plan } from './plan.ts';
import type { Workspace } from './workspace.ts';

/** What changes from step to step; every pass reads it, the program writes it. */
interface Control {
  step: number;
  settings: Settings;
  pushes: readonly TimedPush[];
  spoilt: readonly SpoiltBatches[];
  /** What users send at a step. */
  production: (step: number) => Production;
}

/** Sums that one pass computes and another reports. */
export interface Sums {
  loss: number;
  right: number;
  nonfiniteLosses: number;
  /** Squared gradient norm of each layer. */
  readonly gradientSquares: Float64Array;
  gradientNorm: number;
  nonfiniteGradients: number;
  /** Factor that clipping applies to every gradient. */
  clipFactor: number;
  updateSquares: number;
  parameterSquares: number;
  nonfiniteWeights: number;
  validationLoss: number;
  validationAccuracy: number;
  evaluatedAt: number;
  divergences: Divergences;
}

/**
 * `network` leaves out what needs no network: how far what users send has moved. `off` is for the benchmark: nothing is computed that only a
 * row would show. Validation is the same in all.
 */
export type TelemetryLevel = 'core' | 'network' | 'off';

/** Everything that the voices of a program's passes share. */
export interface Machine {
  readonly recipe: Recipe;
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly arena: Arena;
  readonly telemetry: TelemetryLevel;
  readonly training: Workspace;
  /** Gradient of the loss by each layer's output, then by its preactivation: batch × outputs, one per layer. */
  readonly deltas: readonly Reals[];
  readonly validation: Workspace;
  readonly control: Control;
  readonly sums: Sums;
  readonly layout: RowLayout;
  readonly writer: RowWriter;
}

/**
 * `javascript` binds the pass to a machine's memory. Its WGSL voice stands beside it, in the file of the same name with `.wgsl.ts`: parts of
 * stages (gpu/stages.ts), for on a GPU neighbours share a dispatch.
 */
export interface Pass {
  readonly id: string;
  javascript(machine: Machine): () => void;
}

/** True for NaN and ±∞: x − x is 0 for every finite x and NaN otherwise. */
export function isNonfinite(x: number): boolean {
  return x - x !== 0;
}
