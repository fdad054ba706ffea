// Folds the step's signals into one row.
import { scheduledRate } from '../../../core/schedule.ts';
import { deadWindow, saturationMargin } from '../../../signals/index.ts';
import type { Reals } from '../arena.ts';
import type { Machine, Pass } from '../pass.ts';

/** Activates-at-all per unit: counts up the quiet steps of each unit and returns the share of units that reached the window. */
function deadShare(activation: Reals, quiet: Reals, batch: number, window: number): number {
  const width = quiet.length;
  let dead = 0;
  for (let unit = 0; unit < width; unit++) {
    let active = false;
    // NaN is not "never activated": a comparison with it is false both ways, so ask whether every value is ≤ 0.
    for (let k = unit; k < batch * width; k += width) active ||= !(activation[k]! <= 0);
    quiet[unit] = active ? 0 : quiet[unit]! + 1;
    if (quiet[unit]! >= window) dead++;
  }
  return dead / width;
}

function mean(values: Reals, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += values[k]!;
  return sum / size;
}

function saturatedShare(values: Reals, size: number, low: number, high: number): number {
  const margin = saturationMargin * (high - low);
  let count = 0;
  for (let k = 0; k < size; k++) if (values[k]! <= low + margin || values[k]! >= high - margin) count++;
  return count / size;
}

function layerSignals(machine: Machine, index: number): () => void {
  const { plan, arena, training, writer, layout, recipe, dataset } = machine;
  const { layer, activation } = training.layers[index]!;
  const size = plan.batch * layer.outputs;
  const quiet = arena.region(`quiet.${layer.number}`);
  const window = deadWindow(dataset.train.count, recipe.batch);
  const [meanColumn, deadColumn, saturationColumn] = [
    'activation_mean',
    'dead_neuron_ratio',
    'saturation_ratio',
  ].map((signal) => layout.column(signal, layer.number)) as [number, number, number];
  return () => {
    writer.set(meanColumn, mean(activation, size));
    if (layer.activation === 'relu') writer.set(deadColumn, deadShare(activation, quiet, plan.batch, window));
    if (layer.activation === 'tanh') writer.set(saturationColumn, saturatedShare(activation, size, -1, 1));
    if (layer.activation === 'sigmoid') writer.set(saturationColumn, saturatedShare(activation, size, 0, 1));
  };
}

function runSignals({ plan, control, sums, writer, layout, telemetry: level }: Machine): () => void {
  const column = (signal: string) => layout.column(signal);
  const columns = {
    loss: column('loss'),
    accuracy: column('accuracy'),
    gradientNorm: column('gradient_norm'),
    gradientNormRatio: column('gradient_norm_ratio'),
    updateRatio: column('update_ratio'),
    learningRate: column('learning_rate'),
    nonfiniteLoss: column('nonfinite_loss'),
    nonfiniteGradient: column('nonfinite_gradient'),
    nonfiniteWeight: column('nonfinite_weight'),
    validationLoss: column('validation_loss'),
    validationAccuracy: column('validation_accuracy'),
    evaluatedAt: column('evaluated_at'),
    divergence: column('input_kl_divergence'),
    batchDivergence: column('input_kl_batch'),
  };
  const last = plan.layers.length - 1;
  return () => {
    writer.set(columns.loss, sums.loss);
    writer.set(columns.accuracy, sums.right / plan.batch);
    writer.set(columns.gradientNorm, sums.gradientNorm);
    writer.set(columns.gradientNormRatio, Math.sqrt(sums.gradientSquares[0]! / sums.gradientSquares[last]!));
    writer.set(columns.updateRatio, Math.sqrt(sums.updateSquares / sums.parameterSquares));
    writer.set(columns.learningRate, scheduledRate(control.settings, control.step));
    writer.set(columns.nonfiniteLoss, sums.nonfiniteLosses);
    writer.set(columns.nonfiniteGradient, sums.nonfiniteGradients);
    writer.set(columns.nonfiniteWeight, sums.nonfiniteWeights);
    if (sums.evaluatedAt < 0) return;
    writer.set(columns.validationLoss, sums.validationLoss);
    writer.set(columns.validationAccuracy, sums.validationAccuracy);
    writer.set(columns.evaluatedAt, sums.evaluatedAt);
    if (level !== 'core') return;
    writer.set(columns.divergence, sums.divergences.window);
    writer.set(columns.batchDivergence, sums.divergences.batch);
  };
}

export const telemetry: Pass = {
  id: 'telemetry',
  javascript: (machine) => {
    const run = runSignals(machine);
    const layers = Array.from({ length: machine.plan.hiddenLayers }, (_, index) =>
      layerSignals(machine, index),
    );
    return () => {
      machine.writer.begin(machine.control.step);
      run();
      for (const layer of layers) layer();
    };
  },
};
