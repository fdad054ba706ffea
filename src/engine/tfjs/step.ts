// One training step as TensorFlow.js operations, in the order of the compiled passes.
import type { Tensor } from '@tensorflow/tfjs';
import { scheduledRate } from '../../core/schedule.ts';
import type { Settings } from '../../core/settings.ts';
import { pushedUnits, type Production, type SpoiltBatches, type TimedPush } from '../../core/stateFaults.ts';
import { deadWindow } from '../../signals/index.ts';
import { divergencesAt, type Divergences } from '../compiled/passes/inputShift.ts';
import { parameterRegions } from '../compiled/plan.ts';
import { updateRunning } from './batchNorm.ts';
import { differentiate } from './differentiate.ts';
import { keepDetail } from './detail.ts';
import { dropOutAt } from './dropout.ts';
import { validate } from './evaluation.ts';
import { gatherBatch } from './examples.ts';
import { parameter } from './forward.ts';
import { norm, scaledSquares } from './norms.ts';
import { updateParameters } from './optimizer.ts';
import { Fold, foldDerivation, foldUpdate } from './row.ts';
import type { Run } from './run.ts';

/** The row of a step that the device may still be computing. */
export interface PendingRow {
  readonly step: number;
  /** One number per column. */
  readonly values: Tensor;
  /** Columns that hold a value in it. */
  readonly columns: readonly number[];
  /** Known without the device. */
  readonly learningRate: number;
  /** Step of the last evaluation, or −1; and what was computed there without the device. */
  readonly evaluatedAt: number;
  readonly divergences: Divergences;
}

function pushBiases({ network, state, recipe }: Run, push: TimedPush): void {
  const { tf, plan } = network;
  const regions = parameterRegions(plan);
  const index = regions.findIndex(({ name }) => name === `biases.${push.layer}`);
  const size = regions[index]?.size ?? 0;
  const pushes = new Float32Array(size);
  for (const unit of pushedUnits(push, size, recipe.seed)) pushes[unit] = push.perStep;
  const before = regions.slice(0, index).reduce((sum, region) => sum + region.size, 0);
  const parameters = state.tensor('parameters');
  const padded = tf.pad1d(tf.tensor1d(pushes), [before, parameters.size - before - size]);
  state.replace('parameters', tf.add(parameters, padded));
}

function prepare(run: Run, { pushes, production }: StateFaults): void {
  const { network, state, recipe, dataset, validation } = run;
  for (const push of pushes) {
    if (state.step >= push.fromStep && state.step < push.fromStep + push.steps) pushBiases(run, push);
  }
  if (state.step % recipe.validateEvery !== 0) return;
  validate(network, state, validation);
  state.divergences = divergencesAt(dataset, recipe, production(state.step), state.step);
}

function train(
  { network, state, recipe, dataset, layout, train: examples }: Run,
  settings: Settings,
  spoilt: readonly SpoiltBatches[],
): Fold {
  const fold = new Fold(layout);
  const window = deadWindow(dataset.train.count, recipe.batch);
  const batch = gatherBatch(network, examples, recipe, settings, dataset, spoilt, state.step);
  const dropOut = dropOutAt(network, recipe, settings, state.step);
  differentiate(network, state.tensor('parameters'), batch, dropOut, settings.l2, (derivation) => {
    const gradientNorm = foldDerivation(fold, network, state, derivation, window);
    for (const [layer, statistics] of derivation.statistics) {
      const biases = parameter(derivation.parameters, `biases.${layer}`);
      updateRunning(network, state, layer, statistics, biases);
    }
    const normBefore = norm(network, scaledSquares(network, state.tensor('parameters')));
    keepDetail(network, state, derivation);
    const change = updateParameters(network, state, settings, derivation.gradients, gradientNorm);
    foldUpdate(fold, network, change, normBefore, state.tensor('parameters'));
  });
  return fold;
}

/** What the timeline does to weights, mini-batches and what users send. */
export interface StateFaults {
  readonly pushes: readonly TimedPush[];
  readonly spoilt: readonly SpoiltBatches[];
  readonly production: (step: number) => Production;
}

/** Computes the state's next step; nothing waits for the device. */
export function computeStep(run: Run, settings: Settings, faults: StateFaults): PendingRow {
  const { network, state } = run;
  const columns: number[] = [];
  const values = network.tf.tidy(() => {
    prepare(run, faults);
    const fold = train(run, settings, faults.spoilt);
    if (state.evaluatedAt >= 0) {
      fold.set('validation_loss', state.tensor('validationLoss'));
      fold.set('validation_accuracy', state.tensor('validationAccuracy'));
    }
    columns.push(...fold.columns);
    return fold.row(network);
  });
  const row = { step: state.step, values, columns, learningRate: scheduledRate(settings, state.step) };
  state.step++;
  return { ...row, evaluatedAt: state.evaluatedAt, divergences: state.divergences };
}
