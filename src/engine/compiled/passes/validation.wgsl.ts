// WGSL voice of `validation`, and of every other evaluation: a chunk of examples forward, with the running statistics of batch norm.
import { productPart } from '../gpu/product.ts';
import {
  at,
  literal,
  tasks,
  type GroupPart,
  type Kernel,
  type Part,
  type Stage,
  type TaskPart,
} from '../gpu/stage.ts';
import type { LayerPlan, Plan } from '../plan.ts';
import { activated } from './activation.wgsl.ts';
import { copyInputs, pieceSize } from './gather.wgsl.ts';
import { batchNormEpsilon } from './batchNorm.ts';
import { outputsCode, rightAndLoss, sharedLossCode } from './loss.wgsl.ts';
import { stateWord } from './telemetry.wgsl.ts';

/** Copies examples `first` … `first` + `count` − 1 of the validation set (`source` 0) or the training set (1). */
function loadPart(kernel: Kernel): TaskPart {
  const { features } = kernel.plan;
  const pieces = Math.ceil(features / pieceSize);
  return tasks(
    kernel.chunk * pieces,
    `
let row = t / ${pieces}u;
let piece = t % ${pieces}u;
if (row < count) {
  let inputs = select(header(replica, 7u), header(replica, 5u), source == 1u) + (first + row) * ${features}u;
  let target_row = ${at(kernel, 'eval.x')} + row * ${features}u;
  let end = min((piece + 1u) * ${pieceSize}u, ${features}u);
  ${copyInputs(kernel, 'inputs')}
  if (piece == 0u) {
    let labels = select(header(replica, 8u), header(replica, 6u), source == 1u);
    arena[${at(kernel, 'eval.labels')} + row] = f32(label_at(labels + first + row));
  }
}
`,
  );
}

function inputOf(number: number): string {
  return number === 1 ? 'eval.x' : `eval.a.${number - 1}`;
}

function runningNorm(kernel: Kernel, { number }: LayerPlan): string {
  const unit = (name: string, column: string): string =>
    `arena[${at(kernel, `${name}.${number}`)} + ${column}]`;
  return `
let seen = arena[${at(kernel, `runningCount.${number}`)}] > 0.0;
let mean = select(0.0, ${unit('runningMean', 'column')} + ${unit('biases', 'column')}, seen);
let inverse = 1.0 / sqrt(select(1.0, ${unit('runningVariance', 'column')}, seen) + ${literal(batchNormEpsilon)});
let z = ${unit('gamma', 'column')} * (before - mean) * inverse + ${unit('beta', 'column')};`;
}

function forwardPart(kernel: Kernel, layer: LayerPlan): Part {
  const { number, inputs, outputs, activation, batchNorm } = layer;
  return productPart(
    {
      name: `evaluate${number}`,
      m: kernel.chunk,
      n: outputs,
      k: inputs,
      a: { origin: at(kernel, inputOf(number)), row: inputs, along: 1 },
      b: { origin: at(kernel, `weights.${number}`), row: inputs, along: 1 },
      before: '',
      store: (row, unit, value) => `
let column = ${unit};
let before = ${value} + arena[${at(kernel, `biases.${number}`)} + column];
${batchNorm ? runningNorm(kernel, layer) : 'let z = before;'}
arena[${at(kernel, `eval.a.${number}`)} + ${row} * ${outputs}u + column] = ${activated(activation, kernel.plan.slope, 'z')};`,
      after: () => '',
    },
    kernel.shape,
  );
}

/** Probability of each class: softmax, sigmoid, or the clamped regression output. */
function probabilitiesCode(kernel: Kernel): string {
  const { plan } = kernel;
  const clamped = (s: string): string => `select(select(${s}, 0.0, ${s} < 0.0), 1.0, ${s} > 1.0)`;
  const probability: Record<Plan['loss'], (j: number) => string> = {
    'softmax-cross-entropy': (j) => `e${j} / sum`,
    'sigmoid-cross-entropy': (j) => `safe_sigmoid(s${j})`,
    'squared-error': (j) => clamped(`s${j}`),
  };
  const store = (j: number, value: string): string =>
    `arena[${at(kernel, 'eval.probabilities')} + row * ${plan.classes}u + ${j}u] = ${value};`;
  if (plan.outputs === 1) {
    return `let one = ${probability[plan.loss](0)};\n${store(0, '1.0 - one')}\n${store(1, 'one')}`;
  }
  return Array.from({ length: plan.outputs }, (_, j) => store(j, probability[plan.loss](j))).join('\n');
}

function headPart(kernel: Kernel): TaskPart {
  const { plan, chunk } = kernel;
  return tasks(
    chunk,
    `
let row = t;
if (row < count) {
  let label = u32(arena[${at(kernel, 'eval.labels')} + row]);
  ${outputsCode(kernel, inputOf(plan.layers.length))}
  ${sharedLossCode(plan)}
  ${rightAndLoss(plan)}
  ${probabilitiesCode(kernel)}
  arena[${at(kernel, 'eval.loss')} + row] = row_loss;
  arena[${at(kernel, 'eval.right')} + row] = row_right;
}
`,
  );
}

/** Adds the chunk to the evaluation under way; the last chunk makes it the one that rows show. */
function foldPart(kernel: Kernel): GroupPart {
  const { validationCount } = kernel;
  const { workgroup } = kernel.shape;
  return {
    kind: 'group',
    groups: 1,
    declarations: `var<workgroup> fold_loss: array<f32, ${workgroup}>;\nvar<workgroup> fold_right: array<f32, ${workgroup}>;`,
    code: `
var loss = 0.0;
var right = 0.0;
for (var k = lid; k < count; k += ${workgroup}u) {
  loss += arena[${at(kernel, 'eval.loss')} + k] * ${literal(1 / validationCount)};
  right += arena[${at(kernel, 'eval.right')} + k];
}
fold_loss[lid] = loss;
fold_right[lid] = right;
workgroupBarrier();
if (lid == 0u) {
  loss = select(number(${stateWord(3)}), 0.0, first == 0u);
  right = select(number(${stateWord(4)}), 0.0, first == 0u);
  for (var k = 0u; k < ${workgroup}u; k++) {
    loss += fold_loss[k];
    right += fold_right[k];
  }
  ${stateWord(3)} = bitcast<u32>(loss);
  ${stateWord(4)} = bitcast<u32>(right);
  if (first + count == ${validationCount}u) {
    ${stateWord(0)} = step + 1u;
    ${stateWord(1)} = bitcast<u32>(loss);
    ${stateWord(2)} = bitcast<u32>(right / ${literal(validationCount)});
  }
}
workgroupBarrier();
`,
  };
}

/** Stages of one chunk; the first loads the examples, the last adds them up. */
export function evaluationStages(kernel: Kernel): readonly Stage[] {
  const hidden = kernel.plan.layers.slice(0, kernel.plan.hiddenLayers);
  return [
    { id: 'evaluate.load', parts: [loadPart(kernel)] },
    ...hidden.map((layer) => ({
      id: `evaluate.forward.${layer.number}`,
      parts: [forwardPart(kernel, layer)],
    })),
    { id: 'evaluate.head', parts: [headPart(kernel)] },
    { id: 'evaluate.fold', parts: [foldPart(kernel)] },
  ];
}
