// WGSL voice of `loss`: the output layer, its loss and its gradient, one example per task; and the delta that the layer below receives.
import { at, literal, tasks, type Kernel, type TaskPart } from '../gpu/stage.ts';
import type { Plan } from '../plan.ts';
import { derived } from './activation.wgsl.ts';
import { dropoutBefore, inputRegion } from './forward.wgsl.ts';

// Choices are selects, not branches: a chain of ten branches within the resident kernel's loops takes a compiler minutes.
const each = (count: number, line: (j: number) => string): string =>
  Array.from({ length: count }, (_, j) => line(j)).join('\n');

/** `s0`, `s1`, …: outputs of the network for example `row` of a region. */
export function outputsCode(kernel: Kernel, input: string): string {
  const { number, inputs, outputs } = kernel.plan.layers.at(-1)!;
  const weights = at(kernel, `weights.${number}`);
  return `
let in_row = ${at(kernel, input)} + row * ${inputs}u;
${each(outputs, (j) => `var s${j} = 0.0;`)}
for (var k = 0u; k < ${inputs}u; k++) {
  let value = arena[in_row + k];
  ${each(outputs, (j) => `s${j} += value * arena[${weights} + ${j * inputs}u + k];`)}
}
${each(outputs, (j) => `s${j} += arena[${at(kernel, `biases.${number}`)} + ${j}u];`)}
`;
}

/** A single unit goes from 0 for the first label to 1 for the last. */
function target({ outputs, labels }: Plan, j: number): string {
  if (outputs === 1) return `f32(label) * ${literal(1 / (labels.levels - 1))}`;
  return `select(0.0, 1.0, label == ${j}u)`;
}

/** Softmax as `e0 …`, their sum, and the sum without the largest: log(1 + rest) keeps small losses exact. */
function softmaxCode(outputs: number): string {
  return `
var largest = s0;
var best = 0u;
var up = false;
${each(outputs - 1, (j) => `up = (s${j + 1} > largest) | is_nan(s${j + 1});\nlargest = select(largest, s${j + 1}, up);\nbest = select(best, ${j + 1}u, up);`)}
${each(outputs, (j) => `let e${j} = safe_exp(s${j} - largest);`)}
var rest = 0.0;
var top = 0.0;
${each(outputs, (j) => `top = select(top, e${j}, best == ${j}u);\nrest += select(e${j}, 0.0, best == ${j}u);`)}
let sum = rest + top;
`;
}

/** From outputs `s…` and `label`: `row_loss` and `row_right`. */
function lossCode(plan: Plan): string {
  const { outputs } = plan;
  const mean = literal(1 / outputs);
  const losses: Record<Plan['loss'], string> = {
    'softmax-cross-entropy': `
var chosen = s0;
${each(outputs - 1, (j) => `chosen = select(chosen, s${j + 1}, label == ${j + 1}u);`)}
let row_loss = select(safe_log1p(rest) + (largest - chosen), sum, is_nan(sum));`,
    'sigmoid-cross-entropy': `
var row_sum = 0.0;
${each(outputs, (j) => `row_sum += select(s${j}, 0.0, s${j} < 0.0) - s${j} * ${target(plan, j)} + safe_log1p(safe_exp(-abs(s${j})));`)}
let row_loss = row_sum * ${mean};`,
    'squared-error': `
var row_sum = 0.0;
${each(outputs, (j) => `row_sum += (s${j} - ${target(plan, j)}) * (s${j} - ${target(plan, j)});`)}
let row_loss = row_sum * ${mean};`,
  };
  return losses[plan.loss];
}

/** As in plain: within the tolerance of the target, or beyond the end of the range that the target is near to. */
function nearCode(plan: Plan): string {
  const { tolerance } = plan.labels;
  const middle = plan.loss === 'squared-error' ? 0 : 0.5;
  return `
let goal = ${target(plan, 0)};
let above = (s0 > goal - ${literal(tolerance + middle)}) | (goal < ${literal(tolerance)});
let below = (s0 <= goal + ${literal(tolerance - middle)}) | (goal > ${literal(1 - tolerance)});
let row_right = select(0.0, 1.0, above & below);`;
}

function rightCode(plan: Plan): string {
  const { outputs } = plan;
  if (outputs === 1) return nearCode(plan);
  return `
var winner = 0u;
var winning = s0;
var better = false;
var comparable = !is_nan(s0);
${each(outputs - 1, (j) => `better = s${j + 1} > winning;\nwinning = select(winning, s${j + 1}, better);\nwinner = select(winner, ${j + 1}u, better);\ncomparable = comparable & !is_nan(s${j + 1});`)}
let row_right = select(0.0, 1.0, comparable & (winner == label));`;
}

/** What loss and gradient share. */
export function sharedLossCode(plan: Plan): string {
  return plan.loss === 'softmax-cross-entropy' ? softmaxCode(plan.outputs) : '';
}

export function rightAndLoss(plan: Plan): string {
  return `${lossCode(plan)}\n${rightCode(plan)}`;
}

/** `d0`, `d1`, …: the gradient of the mean loss of the batch by each output. */
function gradientCode(plan: Plan, batch: number): string {
  const { outputs } = plan;
  const gradients: Record<Plan['loss'], (j: number) => string> = {
    'softmax-cross-entropy': (j) => `${literal(1 / batch)} * (e${j} / sum - ${target(plan, j)})`,
    'sigmoid-cross-entropy': (j) =>
      `${literal(1 / batch / outputs)} * (safe_sigmoid(s${j}) - ${target(plan, j)})`,
    'squared-error': (j) => `${literal(2 / batch / outputs)} * (s${j} - ${target(plan, j)})`,
  };
  return each(outputs, (j) => `let d${j} = ${gradients[plan.loss](j)};`);
}

/**
 * Stores the delta of element `e` of hidden layer `number` from a variable `g`, the gradient by what the layer hands on. With batch norm
 * the derivative comes with the statistics, in a stage of its own.
 */
export function storeDelta(kernel: Kernel, number: number): string {
  const { plan } = kernel;
  const { activation, batchNorm } = plan.layers[number - 1]!;
  const masked = plan.dropout
    ? `let factor = dropout_factor(stem, drop_period, ${number}u, e);\nlet masked = select(g * factor, 0.0, factor == 0.0);`
    : 'let masked = g;';
  if (batchNorm) return `${masked}\narena[${at(kernel, `delta.${number}`)} + e] = masked;`;
  return `${masked}
let y = arena[${at(kernel, `a.${number}`)} + e];
arena[${at(kernel, `delta.${number}`)} + e] = ${derived(activation, plan.slope, 'masked', 'y')};`;
}

/** Output layer forward, loss, gradient, and delta of the layer below: all of it lies within one example. */
export function headPart(kernel: Kernel): TaskPart {
  const { plan, batch, telemetry } = kernel;
  const { number, inputs, outputs } = plan.layers.at(-1)!;
  const delta = at(kernel, `delta.${number}`);
  const counts = plan.layers.filter(({ batchNorm }) => batchNorm);
  const below = `
${dropoutBefore(kernel)}
for (var k = 0u; k < ${inputs}u; k++) {
  let e = row * ${inputs}u + k;
  var g = 0.0;
  ${each(outputs, (j) => `g += d${j} * arena[${at(kernel, `weights.${number}`)} + ${j * inputs}u + k];`)}
  ${plan.hiddenLayers > 0 ? storeDelta(kernel, number - 1) : ''}
}`;
  return tasks(
    batch,
    `
let row = t;
let label = u32(arena[${at(kernel, 'labels')} + row]);
${outputsCode(kernel, inputRegion(kernel, number))}
${each(outputs, (j) => `arena[${at(kernel, `z.${number}`)} + row * ${outputs}u + ${j}u] = s${j};`)}
${sharedLossCode(plan)}
${telemetry !== 'off' ? `${rightAndLoss(plan)}\narena[${at(kernel, 'rowLoss')} + row] = row_loss;\narena[${at(kernel, 'rowRight')} + row] = row_right;` : ''}
${gradientCode(plan, batch)}
${each(outputs, (j) => `arena[${delta} + row * ${outputs}u + ${j}u] = d${j};`)}
${plan.hiddenLayers > 0 ? below : ''}
if (t == 0u) {
  ${counts.map((layer) => `arena[${at(kernel, `runningCount.${layer.number}`)}] += 1.0;`).join('\n')}
}
`,
  );
}
