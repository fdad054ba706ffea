// The loss of a batch and its gradients by TensorFlow.js's automatic differentiation; nothing here is derived by hand.
import type { Tensor } from '@tensorflow/tfjs';
import { parameterRegions } from '../compiled/plan.ts';
import { batchStatistics } from './batchNorm.ts';
import type { DropOut } from './dropout.ts';
import type { Examples } from './examples.ts';
import { forward, nameParameters, splitParameters, type ForwardPass, type Parameters } from './forward.ts';
import { goalsOf, lossOfExamples, rightExamples } from './loss.ts';
import type { Network } from './network.ts';

export interface Derivation extends ForwardPass {
  /** Mean loss of the batch. */
  readonly loss: Tensor;
  /** Loss of each example. */
  readonly losses: Tensor;
  /** Whether each example is classified rightly, as float32. */
  readonly right: Tensor;
  /** The parameters that the batch went through. */
  readonly parameters: Parameters;
  /** All gradients in the order of the parameters, with the L2 term. */
  readonly gradients: Tensor;
}

interface TrainingPass extends ForwardPass {
  readonly losses: Tensor;
}

/** Tensors of the pass outlive the tape's own scope; the caller's `tidy` does not know them, so `release` must. */
function keepPass({ tf }: Network, pass: TrainingPass): readonly Tensor[] {
  const statistics = [...pass.statistics.values()].flatMap(({ mean, variance }) => [mean, variance]);
  return [pass.losses, pass.outputs, ...pass.hidden, ...statistics].map((tensor) => tf.keep(tensor));
}

function withDecay(
  network: Network,
  gradients: readonly Tensor[],
  parts: readonly Tensor[],
  l2: number,
): Tensor {
  const { tf, plan, constant } = network;
  const regions = parameterRegions(plan);
  const flat = gradients.map((gradient, index) => {
    const weights = l2 > 0 && regions[index]?.kind === 'weights' ? parts[index] : undefined;
    return tf.reshape(weights ? tf.add(gradient, tf.mul(weights, constant(l2))) : gradient, [-1]);
  });
  return tf.concat(flat);
}

/** Runs the batch forward and backward and hands the result to `use`, within whose call alone it lives. */
export function differentiate(
  network: Network,
  parameters: Tensor,
  batch: Examples,
  dropOut: DropOut,
  l2: number,
  use: (derivation: Derivation) => void,
): void {
  const { tf, plan } = network;
  const parts = splitParameters(network, parameters);
  const goals = goalsOf(network, batch.labels);
  const passes: TrainingPass[] = [];
  const kept: Tensor[] = [];
  const { value, grads } = tf.valueAndGrads((...leaves: Tensor[]) => {
    const statisticsOf = (_layer: unknown, z: Tensor) => batchStatistics(network, z);
    const pass = forward(network, nameParameters(plan, leaves), batch.inputs, statisticsOf, dropOut);
    const losses = lossOfExamples(network, pass.outputs, goals);
    passes.push({ ...pass, losses });
    kept.push(...keepPass(network, { ...pass, losses }));
    return tf.mean(losses);
  })(parts);
  for (const pass of passes) {
    const right = tf.cast(rightExamples(network, pass.outputs, goals), 'float32');
    const gradients = withDecay(network, grads, parts, l2);
    use({ ...pass, loss: value, right, parameters: nameParameters(plan, parts), gradients });
  }
  for (const tensor of kept) tensor.dispose();
}
