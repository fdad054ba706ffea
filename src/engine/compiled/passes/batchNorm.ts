// Batch normalisation before the activation (Ioffe & Szegedy 2015), with running statistics for evaluation.
import type { Arena, Reals } from '../arena.ts';
import type { LayerSpace } from '../workspace.ts';

export const batchNormEpsilon = 1e-5;
/** Share of each batch in the running statistics, once enough batches are in. */
export const runningShare = 0.1;

const idle = (): void => undefined;

function columnMean(values: Reals, unit: number, width: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += values[k * width + unit]!;
  return sum / count;
}

/** Population variance, in a second pass: the one-pass formula cancels when the mean is large. */
function columnVariance(values: Reals, unit: number, width: number, count: number, mean: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (values[k * width + unit]! - mean) ** 2;
  return sum / count;
}

/**
 * Normalises the preactivations in place by the batch's own mean and population variance, scales by gamma, shifts by beta.
 * The n-th batch enters the running statistics with weight max(1/n, 0.1): exact means at first, so that a layer that gains batch norm
 * in mid-run can be evaluated after one step. The running mean leaves the bias out: normalisation cancels a bias in training, and with
 * a mean that lags behind a moving bias it would not in evaluation.
 */
export function normaliseByBatch(arena: Arena, space: LayerSpace): (count: number) => void {
  const { layer, preactivation, normalised, inverseDeviation } = space;
  if (!layer.batchNorm) return idle;
  const [gamma, beta] = [arena.region(`gamma.${layer.number}`), arena.region(`beta.${layer.number}`)];
  const biases = arena.region(`biases.${layer.number}`);
  const runningMean = arena.region(`runningMean.${layer.number}`);
  const runningVariance = arena.region(`runningVariance.${layer.number}`);
  const runningCount = arena.region(`runningCount.${layer.number}`);
  const width = layer.outputs;
  return (count) => {
    runningCount[0] = runningCount[0]! + 1;
    const share = Math.max(1 / runningCount[0], runningShare);
    for (let unit = 0; unit < width; unit++) {
      const mean = columnMean(preactivation, unit, width, count);
      const variance = columnVariance(preactivation, unit, width, count, mean);
      const inverse = 1 / Math.sqrt(variance + batchNormEpsilon);
      inverseDeviation[unit] = inverse;
      for (let k = unit; k < count * width; k += width) {
        normalised[k] = (preactivation[k]! - mean) * inverse;
        preactivation[k] = gamma[unit]! * normalised[k]! + beta[unit]!;
      }
      runningMean[unit] = runningMean[unit]! + share * (mean - biases[unit]! - runningMean[unit]!);
      runningVariance[unit] = runningVariance[unit]! + share * (variance - runningVariance[unit]!);
    }
  };
}

/** The same with the running statistics; before any batch has been seen, mean 0 and variance 1. */
export function normaliseByRunning(arena: Arena, space: LayerSpace): (count: number) => void {
  const { layer, preactivation } = space;
  if (!layer.batchNorm) return idle;
  const [gamma, beta] = [arena.region(`gamma.${layer.number}`), arena.region(`beta.${layer.number}`)];
  const biases = arena.region(`biases.${layer.number}`);
  const runningMean = arena.region(`runningMean.${layer.number}`);
  const runningVariance = arena.region(`runningVariance.${layer.number}`);
  const runningCount = arena.region(`runningCount.${layer.number}`);
  const width = layer.outputs;
  return (count) => {
    const seen = runningCount[0]! > 0;
    for (let unit = 0; unit < width; unit++) {
      const mean = seen ? runningMean[unit]! + biases[unit]! : 0;
      const inverse = 1 / Math.sqrt((seen ? runningVariance[unit]! : 1) + batchNormEpsilon);
      for (let k = unit; k < count * width; k += width) {
        preactivation[k] = gamma[unit]! * (preactivation[k]! - mean) * inverse + beta[unit]!;
      }
    }
  };
}

/**
 * delta by the output of batch norm → delta by its input; writes the gradients of gamma and beta.
 * dx = γ/σ · (dy − mean(dy) − x̂ · mean(dy · x̂)).
 */
export function normaliseBackward(arena: Arena, space: LayerSpace, delta: Reals): (count: number) => void {
  const { layer, normalised, inverseDeviation } = space;
  if (!layer.batchNorm) return idle;
  const gamma = arena.region(`gamma.${layer.number}`);
  const gammaGradient = arena.region(`gradient.gamma.${layer.number}`);
  const betaGradient = arena.region(`gradient.beta.${layer.number}`);
  const width = layer.outputs;
  return (count) => {
    for (let unit = 0; unit < width; unit++) {
      let sum = 0;
      let weighted = 0;
      for (let k = unit; k < count * width; k += width) {
        sum += delta[k]!;
        weighted += delta[k]! * normalised[k]!;
      }
      betaGradient[unit] = sum;
      gammaGradient[unit] = weighted;
      const scale = gamma[unit]! * inverseDeviation[unit]!;
      for (let k = unit; k < count * width; k += width) {
        delta[k] = scale * (delta[k]! - sum / count - normalised[k]! * (weighted / count));
      }
    }
  };
}
