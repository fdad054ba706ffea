// WGSL voice of `forward`: dense product with activation and dropout fused; batch normalisation as a stage of its own.
import { productPart } from '../gpu/product.ts';
import { at, literal, tasks, type Kernel, type Part, type TaskPart } from '../gpu/stage.ts';
import type { LayerPlan } from '../plan.ts';
import { activated } from './activation.wgsl.ts';
import { batchNormEpsilon, runningShare } from './batchNorm.ts';

/** Region that layer `number` (1 = first) reads. */
export function inputRegion({ plan }: Kernel, number: number): string {
  if (number === 1) return 'x';
  return plan.dropout ? `out.${number - 1}` : `a.${number - 1}`;
}

/** Before any element with dropout: the period in force and the hash that all elements of the step share. */
export function dropoutBefore({ plan }: Kernel): string {
  return plan.dropout
    ? 'let drop_period = period(replica, step);\nlet stem = dropout_stem(replica, step);'
    : '';
}

/** Stores the activation of element `e` from a variable `z`, and what dropout leaves of it. */
function storeActivation(kernel: Kernel, { number, activation }: LayerPlan): string {
  const { plan } = kernel;
  const drop = `
let factor = dropout_factor(stem, drop_period, ${number}u, e);
arena[${kernel.regions.has(`out.${number}`) ? at(kernel, `out.${number}`) : ''} + e] = select(y * factor, 0.0, factor == 0.0);`;
  return `
let y = ${activated(activation, plan.slope, 'z')};
arena[${at(kernel, `a.${number}`)} + e] = y;
${plan.dropout ? drop : ''}`;
}

export function forwardPart(kernel: Kernel, layer: LayerPlan): Part {
  const { number, inputs, outputs, batchNorm } = layer;
  const store = batchNorm ? `arena[${at(kernel, `z.${number}`)} + e] = z;` : storeActivation(kernel, layer);
  return productPart(
    {
      name: `forward${number}`,
      m: kernel.batch,
      n: outputs,
      k: inputs,
      a: { origin: at(kernel, inputRegion(kernel, number)), row: inputs, along: 1 },
      b: { origin: at(kernel, `weights.${number}`), row: inputs, along: 1 },
      before: batchNorm ? '' : dropoutBefore(kernel),
      store: (row, column, value) => `
let e = ${row} * ${outputs}u + ${column};
let z = ${value} + arena[${at(kernel, `biases.${number}`)} + ${column}];
${store}`,
      after: () => '',
    },
    kernel.shape,
  );
}

/** Batch norm of one layer, a task per unit: two passes over its column, then the activation. See batchNorm.ts. */
export function normalisePart(kernel: Kernel, layer: LayerPlan): TaskPart {
  const { number, outputs } = layer;
  const unit = (name: string): string => `arena[${at(kernel, `${name}.${number}`)} + t]`;
  const rows = `for (var e = t; e < ${kernel.batch * outputs}u; e += ${outputs}u)`;
  const z = `arena[${at(kernel, `z.${number}`)} + e]`;
  return tasks(
    outputs,
    `
${dropoutBefore(kernel)}
let share = max(1.0 / (arena[${at(kernel, `runningCount.${number}`)}] + 1.0), ${literal(runningShare)});
var mean = 0.0;
${rows} { mean += ${z}; }
mean /= ${literal(kernel.batch)};
var variance = 0.0;
${rows} { variance += (${z} - mean) * (${z} - mean); }
variance /= ${literal(kernel.batch)};
let inverse = 1.0 / sqrt(variance + ${literal(batchNormEpsilon)});
${unit('inverse')} = inverse;
${rows} {
  let normalised = (${z} - mean) * inverse;
  arena[${at(kernel, `normalised.${number}`)} + e] = normalised;
  let z = ${unit('gamma')} * normalised + ${unit('beta')};
  ${storeActivation(kernel, layer)}
}
${unit('runningMean')} += share * (mean - ${unit('biases')} - ${unit('runningMean')});
${unit('runningVariance')} += share * (variance - ${unit('runningVariance')});
`,
  );
}
