// Losses: mean over examples and output units, their gradients, and which examples are right.
import type { Reals } from '../arena.ts';
import type { Pass } from '../pass.ts';
import { isNonfinite } from '../pass.ts';
import type { Plan } from '../plan.ts';
import type { Workspace } from '../workspace.ts';

/** Loss of one example, mean over its output units; `z` are the network's outputs from `offset`. */
type ExampleLoss = (z: Reals, offset: number, plan: Plan, label: number) => number;
/** The gradient of that by each output, before the division by the number of examples. */
type ExampleGradient = (
  z: Reals,
  offset: number,
  plan: Plan,
  label: number,
  delta: Reals,
  scale: number,
) => void;

/** Target of an output unit: a single unit goes from 0 for the first label to 1 for the last. */
function target({ outputs, labels }: Plan, unit: number, label: number): number {
  if (outputs === 1) return label / (labels.levels - 1);
  return label === unit ? 1 : 0;
}

function softmaxParts(z: Reals, offset: number, outputs: number): readonly [number, number] {
  let largest = z[offset]!;
  for (let j = 1; j < outputs; j++) largest = Math.max(largest, z[offset + j]!);
  let sum = 0;
  for (let j = 0; j < outputs; j++) sum += Math.exp(z[offset + j]! - largest);
  return [largest, sum];
}

const exampleLosses: Record<Plan['loss'], ExampleLoss> = {
  'softmax-cross-entropy': (z, offset, { outputs }, label) => {
    const [largest, sum] = softmaxParts(z, offset, outputs);
    return Math.log(sum) + largest - z[offset + label]!;
  },
  // max(z, 0) − z·t + log(1 + e^−|z|): the stable form.
  'sigmoid-cross-entropy': (z, offset, plan, label) => {
    let sum = 0;
    for (let j = 0; j < plan.outputs; j++) {
      const value = z[offset + j]!;
      sum += Math.max(value, 0) - value * target(plan, j, label) + Math.log1p(Math.exp(-Math.abs(value)));
    }
    return sum / plan.outputs;
  },
  'squared-error': (z, offset, plan, label) => {
    let sum = 0;
    for (let j = 0; j < plan.outputs; j++) sum += (z[offset + j]! - target(plan, j, label)) ** 2;
    return sum / plan.outputs;
  },
};

const exampleGradients: Record<Plan['loss'], ExampleGradient> = {
  'softmax-cross-entropy': (z, offset, { outputs }, label, delta, scale) => {
    const [largest, sum] = softmaxParts(z, offset, outputs);
    for (let j = 0; j < outputs; j++) {
      delta[offset + j] = scale * (Math.exp(z[offset + j]! - largest) / sum - (j === label ? 1 : 0));
    }
  },
  'sigmoid-cross-entropy': (z, offset, plan, label, delta, scale) => {
    for (let j = 0; j < plan.outputs; j++) {
      const probability = 1 / (1 + Math.exp(-z[offset + j]!));
      delta[offset + j] = (scale / plan.outputs) * (probability - target(plan, j, label));
    }
  },
  'squared-error': (z, offset, plan, label, delta, scale) => {
    for (let j = 0; j < plan.outputs; j++) {
      delta[offset + j] = ((2 * scale) / plan.outputs) * (z[offset + j]! - target(plan, j, label));
    }
  },
};

/** Probability of each class of one example: softmax, sigmoid, or the clamped regression output. */
export function classProbabilities(
  plan: Plan,
  z: Reals,
  offset: number,
  into: Float32Array,
  at: number,
): void {
  if (plan.outputs === 1) {
    const value = z[offset]!;
    const one = plan.loss === 'squared-error' ? Math.min(1, Math.max(0, value)) : 1 / (1 + Math.exp(-value));
    into[at] = 1 - one;
    into[at + 1] = one;
    return;
  }
  const [largest, sum] = softmaxParts(z, offset, plan.outputs);
  for (let j = 0; j < plan.outputs; j++) {
    const value = z[offset + j]!;
    if (plan.loss === 'softmax-cross-entropy') into[at + j] = Math.exp(value - largest) / sum;
    else if (plan.loss === 'sigmoid-cross-entropy') into[at + j] = 1 / (1 + Math.exp(-value));
    else into[at + j] = Math.min(1, Math.max(0, value));
  }
}

/**
 * A single output is right within the tolerance of its target; beyond the ends of the range it counts as at the end, so that of two classes all on
 * the own side of the border is right. A sigmoid's 0 is a half. A NaN is never right: a target is near one end at most.
 */
function isNear(plan: Plan, value: number, label: number): boolean {
  const goal = target(plan, 0, label);
  const { tolerance } = plan.labels;
  const middle = plan.loss === 'squared-error' ? 0 : 0.5;
  const isAbove = value > goal - tolerance - middle || goal < tolerance;
  return isAbove && (value <= goal + tolerance - middle || goal > 1 - tolerance);
}

/** Whether the outputs choose the label, the first of the largest; with a NaN among them they choose none. */
function isChosen({ outputs }: Plan, z: Reals, offset: number, label: number): boolean {
  let best = -1;
  for (let j = 0; j < outputs; j++) {
    if (Number.isNaN(z[offset + j]!)) return false;
    if (best < 0 || z[offset + j]! > z[offset + best]!) best = j;
  }
  return best === label;
}

export interface LossSums {
  loss: number;
  right: number;
  nonfinite: number;
}

/** Sums (not means) over the first `count` examples of a workspace. */
export function sumLosses(plan: Plan, workspace: Workspace, count: number): LossSums {
  const z = workspace.layers.at(-1)!.activation;
  const lossOf = exampleLosses[plan.loss];
  const sums = { loss: 0, right: 0, nonfinite: 0 };
  for (let k = 0; k < count; k++) {
    const label = workspace.labels[k]!;
    const loss = lossOf(z, k * plan.outputs, plan, label);
    sums.loss += loss;
    // As the f32 that a GPU would have: a squared error of 1e50 is infinite in its row.
    if (isNonfinite(Math.fround(loss))) sums.nonfinite++;
    const isRight =
      plan.outputs === 1 ? isNear(plan, z[k]!, label) : isChosen(plan, z, k * plan.outputs, label);
    if (isRight) sums.right++;
  }
  return sums;
}

/** Loss of each of the first `count` examples of a workspace. */
export function lossesOfExamples(plan: Plan, workspace: Workspace, count: number): Float32Array<ArrayBuffer> {
  const z = workspace.layers.at(-1)!.activation;
  const lossOf = exampleLosses[plan.loss];
  return Float32Array.from({ length: count }, (_, k) =>
    lossOf(z, k * plan.outputs, plan, workspace.labels[k]!),
  );
}

export const loss: Pass = {
  id: 'loss',
  javascript: ({ plan, telemetry, training, deltas, sums }) => {
    const delta = deltas.at(-1)!;
    const z = training.layers.at(-1)!.activation;
    const gradientOf = exampleGradients[plan.loss];
    const summarise = (): void => {
      const { loss: total, right, nonfinite } = sumLosses(plan, training, plan.batch);
      sums.loss = total / plan.batch;
      sums.right = right;
      sums.nonfiniteLosses = nonfinite;
    };
    return () => {
      if (telemetry !== 'off') summarise();
      for (let k = 0; k < plan.batch; k++) {
        gradientOf(z, k * plan.outputs, plan, training.labels[k]!, delta, 1 / plan.batch);
      }
    };
  },
};
