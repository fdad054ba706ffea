// Evaluation without training: the validation set within a step, and any set of examples on request.
import type { Tensor } from '@tensorflow/tfjs';
import type { Evaluation, Split } from '../engine.ts';
import { runningStatistics } from './batchNorm.ts';
import { slice, upload, type Examples } from './examples.ts';
import { forward, nameParameters, splitParameters, type ForwardPass } from './forward.ts';
import { goalsOf, lossOfExamples, probabilities, rightExamples } from './loss.ts';
import type { Network } from './network.ts';
import type { Run } from './run.ts';
import type { State } from './state.ts';

/** Examples per forward pass of a request: 1024 × 512 units are 2 MiB per layer. */
const chunk = 1024;

function forwardRunning(network: Network, state: State, inputs: Tensor): ForwardPass {
  const parts = splitParameters(network, state.tensor('parameters'));
  return forward(network, nameParameters(network.plan, parts), inputs, ({ number }, _z, biases) =>
    runningStatistics(network, state, number, biases),
  );
}

/** Loss of each example, and 1 or 0 for right or wrong. */
function judge(network: Network, z: Tensor, labels: Tensor): readonly [losses: Tensor, right: Tensor] {
  const goals = goalsOf(network, labels);
  const right = rightExamples(network, z, goals);
  return [lossOfExamples(network, z, goals), network.tf.cast(right, 'float32')];
}

/** Evaluates the validation set with the parameters as they are; loss and accuracy stay on the device. */
export function validate(network: Network, state: State, validation: Examples): void {
  const { outputs } = forwardRunning(network, state, validation.inputs);
  const [losses, right] = judge(network, outputs, validation.labels);
  state.replace('validationLoss', network.tf.mean(losses));
  state.replace('validationAccuracy', network.tf.mean(right));
  state.evaluatedAt = state.step;
}

/** One chunk forward: sums of losses and of right ones, the classes' probabilities, then the units of each hidden layer. */
function ask(network: Network, state: State, examples: Examples, first: number, count: number): Tensor[] {
  const { tf } = network;
  return tf.tidy(() => {
    const { inputs, labels } = slice(network, examples, first, count);
    const pass = forwardRunning(network, state, inputs);
    const sums = judge(network, pass.outputs, labels).map((values) => tf.sum(values));
    return [tf.stack(sums), probabilities(network, pass.outputs), ...pass.hidden];
  });
}

/** The examples of a split, and what is to be disposed of after use: inputs of one's own are uploaded for the occasion. */
function examplesOf({ network, train, validation }: Run, split: Split): readonly [Examples, own: boolean] {
  if (split === 'train') return [train, false];
  if (split === 'validation') return [validation, false];
  const count = split.inputs.length / network.plan.features;
  return [upload(network, { count, inputs: split.inputs, labels: new Uint8Array(count) }), true];
}

/** Runs the network over a set in chunks; each chunk is read back before the next. */
async function collect(
  { network, state }: Run,
  examples: Examples,
  read: (tensor: Tensor) => Promise<Float32Array>,
): Promise<Evaluation> {
  const { plan } = network;
  const count = examples.inputs.shape[0];
  const widths = [plan.classes, ...plan.layers.slice(0, -1).map(({ outputs }) => outputs)];
  const results = widths.map((width) => new Float32Array(count * width));
  const [outputs = new Float32Array(), ...units] = results;
  const totals = [0, 0];
  for (let first = 0; first < count; first += chunk) {
    network.use();
    const asked = ask(network, state, examples, first, Math.min(chunk, count - first));
    const [sums, ...values] = await Promise.all(asked.map(read));
    sums?.forEach((sum, index) => (totals[index] = (totals[index] ?? 0) + sum));
    values.forEach((part, index) => results[index]?.set(part, first * (widths[index] ?? 0)));
  }
  const [loss, accuracy] = totals.map((total) => total / count);
  return { count, loss, accuracy, outputs, units };
}

/** @param read reads a tensor back and disposes of it */
export async function evaluateSplit(
  run: Run,
  split: Split,
  read: (tensor: Tensor) => Promise<Float32Array>,
): Promise<Evaluation> {
  const [examples, own] = examplesOf(run, split);
  try {
    const evaluation = await collect(run, examples, read);
    return own ? { ...evaluation, loss: undefined, accuracy: undefined } : evaluation;
  } finally {
    if (own) for (const tensor of [examples.inputs, examples.labels]) tensor.dispose();
  }
}
