// The range of each unit's input to its activation: why a dead neuron is dead.
import { batchNormEpsilon } from '../engine/compiled/passes/batchNorm.ts';
import type { Checkpoint } from '../engine/engine.ts';

/** Input to a unit's activation from its weighted sum: the sum itself, or what batch norm makes of it with its running statistics. */
function activationInput({ regions }: Checkpoint, layer: number): (unit: number, sum: number) => number {
  const of = (name: string) => regions.get(`${name}.${layer}`);
  const [variance, mean, gamma, beta] = ['runningVariance', 'runningMean', 'gamma', 'beta'].map(of);
  const biases = of('biases') ?? new Float32Array();
  if (!variance || !mean || !gamma || !beta) return (unit, sum) => sum + (biases[unit] ?? 0);
  // The running mean leaves the bias out, so that the bias cancels.
  return (unit, sum) => {
    const deviation = Math.sqrt((variance[unit] ?? 1) + batchNormEpsilon);
    return ((gamma[unit] ?? 1) * (sum - (mean[unit] ?? 0))) / deviation + (beta[unit] ?? 0);
  };
}

/** Lowest and highest input to each unit's activation, from the activations below and the layer's own parameters. */
export function inputRanges(
  below: Float32Array,
  checkpoint: Checkpoint,
  layer: number,
  width: number,
  count: number,
) {
  const weights = checkpoint.regions.get(`weights.${layer}`) ?? new Float32Array();
  const inputs = weights.length / width;
  const inputOf = activationInput(checkpoint, layer);
  const ranges = new Float32Array(width * 2);
  for (let unit = 0; unit < width; unit++) {
    let [low, high] = [Infinity, -Infinity];
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let x = 0; x < inputs; x++)
        sum += (weights[unit * inputs + x] ?? 0) * (below[k * inputs + x] ?? 0);
      const input = inputOf(unit, sum);
      low = Math.min(low, input);
      high = Math.max(high, input);
    }
    ranges[unit * 2] = low;
    ranges[unit * 2 + 1] = high;
  }
  return ranges;
}
