// Every core signal, and the row layout that they make.
import { rowLayout, type RowLayout } from '../core/layout.ts';
import { accuracy } from './accuracy.ts';
import { activationMean } from './activationMean.ts';
import { deadNeuronRatio } from './deadNeuronRatio.ts';
import { evaluatedAt } from './evaluatedAt.ts';
import { gradientNorm } from './gradientNorm.ts';
import { gradientNormRatio } from './gradientNormRatio.ts';
import { inputKlBatch } from './inputKlBatch.ts';
import { inputKlDivergence } from './inputKlDivergence.ts';
import { learningRate } from './learningRate.ts';
import { loss } from './loss.ts';
import { nonfiniteGradient } from './nonfiniteGradient.ts';
import { nonfiniteLoss } from './nonfiniteLoss.ts';
import { nonfiniteWeight } from './nonfiniteWeight.ts';
import { saturationRatio } from './saturationRatio.ts';
import type { Signal } from './signal.ts';
import { telemetrySeries } from './telemetrySeries.ts';
import { updateRatio } from './updateRatio.ts';
import { validationAccuracy } from './validationAccuracy.ts';
import { validationLoss } from './validationLoss.ts';

export const signals = [
  accuracy,
  activationMean,
  deadNeuronRatio,
  evaluatedAt,
  gradientNorm,
  gradientNormRatio,
  inputKlBatch,
  inputKlDivergence,
  learningRate,
  loss,
  nonfiniteGradient,
  nonfiniteLoss,
  nonfiniteWeight,
  saturationRatio,
  telemetrySeries,
  updateRatio,
  validationAccuracy,
  validationLoss,
] as const satisfies readonly Signal[];

/** The layout of a network with this many hidden layers: run signals once, layer signals once per hidden layer. */
export function signalLayout(hiddenLayers: number): RowLayout {
  const layers = Array.from({ length: hiddenLayers }, (_, index) => index + 1);
  return rowLayout(
    signals.flatMap(({ id, scope }) =>
      (scope === 'run' ? [0] : layers).map((layer) => ({ signal: id, layer })),
    ),
  );
}

/** Batches without any activation after which a unit counts as dead: one epoch, at least 10 and at most 50 batches. */
export function deadWindow(trainingExamples: number, batch: number): number {
  return Math.min(50, Math.max(10, Math.floor(trainingExamples / batch)));
}

/** A bounded activation (range `low`–`high`) is saturated within this share of its bounds. */
export const saturationMargin = 0.01;

export type SignalId = (typeof signals)[number]['id'];
