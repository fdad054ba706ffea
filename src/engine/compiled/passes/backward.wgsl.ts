// WGSL voice of `backward` and `gradient-norm`: gradients of one layer, the delta below it, and the partial sums of their squares.
import { productPart, productSlots, type Product } from '../gpu/product.ts';
import {
  at,
  literal,
  tasks,
  type Kernel,
  type Part,
  type RegionRequest,
  type Shape,
  type TaskPart,
} from '../gpu/stage.ts';
import type { LayerPlan, Plan } from '../plan.ts';
import { saturationMargin } from '../../../signals/index.ts';
import { derived } from './activation.wgsl.ts';
import { dropoutBefore, inputRegion } from './forward.wgsl.ts';
import { storeDelta } from './loss.wgsl.ts';

/** Squares beyond f32 are summed once more with every value times 2⁻⁸⁰. */
export const smallScale = literal(2 ** -80);

function weightProduct(kernel: Kernel, layer: LayerPlan): Product {
  const { number, inputs, outputs } = layer;
  const gradient = at(kernel, `gradient.weights.${number}`);
  const weights = at(kernel, `weights.${number}`);
  return {
    name: `weights${number}`,
    m: outputs,
    n: inputs,
    k: kernel.batch,
    a: { origin: at(kernel, `delta.${number}`), row: 1, along: outputs },
    b: { origin: at(kernel, inputRegion(kernel, number)), row: 1, along: inputs },
    before: 'let l2 = l2_of(period(replica, step));\nvar squares = 0.0;',
    store: (row, column, value) => `
let k = ${row} * ${inputs}u + ${column};
var g = ${value};
if (l2 > 0.0) { g += l2 * arena[${weights} + k]; }
arena[${gradient} + k] = g;
squares += g * g;`,
    after: (slot) => `
arena[${at(kernel, `squares.${number}`)} + ${slot}] = squares;
if (is_nonfinite(squares)) {
  var big = 0.0;
  var bad = 0.0;
  for (var r = tile_row; r < tile_row_end; r++) {
    for (var c = tile_column; c < tile_column_end; c++) {
      let g = arena[${gradient} + r * ${inputs}u + c];
      big += (g * ${smallScale}) * (g * ${smallScale});
      bad += select(0.0, 1.0, is_nonfinite(g));
    }
  }
  arena[${at(kernel, `big.${number}`)} + ${slot}] = big;
  arena[${at(kernel, `bad.${number}`)} + ${slot}] = bad;
}`,
  };
}

/** Slots of partial sums of one layer: those of its weights, then one per unit. */
export function gradientSlots(kernel: Kernel, layer: LayerPlan): number {
  return productSlots(weightProduct(kernel, layer), kernel.shape) + layer.outputs;
}

/** Memory for the partial sums of every layer's gradient. */
export function gradientPartials(plan: Plan, shape: Shape): readonly RegionRequest[] {
  return plan.layers.flatMap((layer) => {
    const { inputs: n, outputs: m, number } = layer;
    const size = productSlots({ m, n } as Product, shape) + m;
    return ['squares', 'big', 'bad'].map((name) => ({ name: `${name}.${number}`, size }));
  });
}

export function weightPart(kernel: Kernel, layer: LayerPlan): Part {
  return productPart(weightProduct(kernel, layer), kernel.shape);
}

/** The delta of the layer below (`layer.number` − 1), through the weights of `layer`. */
export function deltaPart(kernel: Kernel, layer: LayerPlan): Part {
  const { number, inputs, outputs } = layer;
  return productPart(
    {
      name: `delta${number}`,
      m: kernel.batch,
      n: inputs,
      k: outputs,
      a: { origin: at(kernel, `delta.${number}`), row: outputs, along: 1 },
      b: { origin: at(kernel, `weights.${number}`), row: 1, along: inputs },
      before: dropoutBefore(kernel),
      store: (row, column, value) =>
        `let e = ${row} * ${inputs}u + ${column};\nlet g = ${value};\n${storeDelta(kernel, number - 1)}`,
      after: () => '',
    },
    kernel.shape,
  );
}

/** What a unit's column tells of its activations: their sum, whether any was above 0, how many are saturated. */
function unitSignals(kernel: Kernel, { number, activation }: LayerPlan) {
  const low = activation === 'tanh' ? -1 : 0;
  const margin = saturationMargin * (1 - low);
  const saturates = activation === 'tanh' || activation === 'sigmoid';
  const isRelu = activation === 'relu';
  // Outputs of ReLU are never negative: their sum is above 0, or NaN, exactly where any of them is.
  const quiet = `arena[${at(kernel, `quiet.${number}`)} + t]`;
  return {
    before: `var sum = 0.0;\n${saturates ? 'var saturated = 0.0;' : ''}`,
    each: `
let y = arena[${at(kernel, `a.${number}`)} + e];
sum += y;
${saturates ? `if (y <= ${literal(low + margin)} || y >= ${literal(1 - margin)}) { saturated += 1.0; }` : ''}`,
    after: `
arena[${at(kernel, `unitSum.${number}`)} + t] = sum;
${saturates ? `arena[${at(kernel, `unitSaturated.${number}`)} + t] = saturated;` : ''}
${isRelu ? `${quiet} = select(${quiet} + 1.0, 0.0, sum > 0.0 || is_nan(sum));` : ''}`,
  };
}

/** One task per unit: gradient of its bias, and what telemetry wants to know of its column. */
export function unitPart(kernel: Kernel, layer: LayerPlan): TaskPart {
  const { number, outputs, batchNorm } = layer;
  const tells = kernel.telemetry !== 'off' && number <= kernel.plan.hiddenLayers;
  const signals = tells ? unitSignals(kernel, layer) : undefined;
  const first = gradientSlots(kernel, layer) - outputs;
  const others = batchNorm ? ['gamma', 'beta'] : [];
  return tasks(
    outputs,
    `
var g = 0.0;
${signals?.before ?? ''}
for (var e = t; e < ${kernel.batch * outputs}u; e += ${outputs}u) {
  g += arena[${at(kernel, `delta.${number}`)} + e];
  ${signals?.each ?? ''}
}
arena[${at(kernel, `gradient.biases.${number}`)} + t] = g;
${signals?.after ?? ''}
var squares = g * g;
${others.map((name) => `let ${name} = arena[${at(kernel, `gradient.${name}.${number}`)} + t];\nsquares += ${name} * ${name};`).join('\n')}
arena[${at(kernel, `squares.${number}`)} + ${first}u + t] = squares;
if (is_nonfinite(squares)) {
  var big = (g * ${smallScale}) * (g * ${smallScale});
  var bad = select(0.0, 1.0, is_nonfinite(g));
  ${others.map((name) => `big += (${name} * ${smallScale}) * (${name} * ${smallScale});\nbad += select(0.0, 1.0, is_nonfinite(${name}));`).join('\n')}
  arena[${at(kernel, `big.${number}`)} + ${first}u + t] = big;
  arena[${at(kernel, `bad.${number}`)} + ${first}u + t] = bad;
}
`,
  );
}

/** Batch norm backwards, a task per unit: the derivative of the activation, then dx = γ/σ · (dy − mean(dy) − x̂ · mean(dy · x̂)). */
export function normaliseBackwardPart(kernel: Kernel, layer: LayerPlan): TaskPart {
  const { number, outputs, activation } = layer;
  const { plan, batch } = kernel;
  const rows = `for (var e = t; e < ${batch * outputs}u; e += ${outputs}u)`;
  const delta = `arena[${at(kernel, `delta.${number}`)} + e]`;
  const normalised = `arena[${at(kernel, `normalised.${number}`)} + e]`;
  return tasks(
    outputs,
    `
var sum = 0.0;
var weighted = 0.0;
${rows} {
  let masked = ${delta};
  let y = arena[${at(kernel, `a.${number}`)} + e];
  let d = ${derived(activation, plan.slope, 'masked', 'y')};
  ${delta} = d;
  sum += d;
  weighted += d * ${normalised};
}
arena[${at(kernel, `gradient.beta.${number}`)} + t] = sum;
arena[${at(kernel, `gradient.gamma.${number}`)} + t] = weighted;
let scale = arena[${at(kernel, `gamma.${number}`)} + t] * arena[${at(kernel, `inverse.${number}`)} + t];
let mean = sum / ${literal(batch)};
let slope = weighted / ${literal(batch)};
${rows} { ${delta} = scale * (${delta} - mean - ${normalised} * slope); }
`,
  );
}
