// WGSL voice of `clip` and `optimizer`: the clip factor from the partial sums of squares, the update, and the sums of its own squares.
import { at, literal, type GroupPart, type Kernel, type RegionRequest, type Shape } from '../gpu/stage.ts';
import { logBeta2 } from '../gpu/table.ts';
import type { Plan } from '../plan.ts';
import { gradientSlots, smallScale } from './backward.wgsl.ts';
import { adamBeta2, adamEpsilon } from './optimizer.ts';

/** 2⁸⁰, as two factors that f32 can hold without loss. */
export const bigScale = literal(2 ** 80);

/** Workgroups of the optimizer. */
function groupsOf(parameterCount: number, { workgroup, parametersPerTask }: Shape): number {
  return Math.max(1, Math.ceil(parameterCount / (workgroup * parametersPerTask)));
}

export function optimizerSlots({ regions, shape }: Kernel): number {
  return groupsOf(regions.parameterCount, shape) * shape.workgroup;
}

const sums = ['updateSquares', 'parameterSquares', 'updateBig', 'parameterBig', 'updateBad'];

export function optimizerPartials(parameterCount: number, shape: Shape): readonly RegionRequest[] {
  const size = groupsOf(parameterCount, shape) * shape.workgroup;
  return sums.map((name) => ({ name, size }));
}

/** Every workgroup adds up all partial sums by itself: a fixed tree, and no wait for the others. */
function clipCode(kernel: Kernel): string {
  const { workgroup } = kernel.shape;
  const loops = kernel.plan.layers.map(
    (layer) => `
  for (var k = lid; k < ${gradientSlots(kernel, layer)}u; k += ${workgroup}u) {
    let part = arena[${at(kernel, `squares.${layer.number}`)} + k];
    squares += part;
    if (is_nonfinite(part)) { big += arena[${at(kernel, `big.${layer.number}`)} + k]; }
    else { big += (part * ${smallScale}) * ${smallScale}; }
  }`,
  );
  return `
var factor = 1.0;
let limit = clip_of(p);
if (limit > 0.0) {
  var squares = 0.0;
  var big = 0.0;
  ${loops.join('\n')}
  clip_squares[lid] = squares;
  clip_big[lid] = big;
  workgroupBarrier();
  squares = 0.0;
  big = 0.0;
  for (var k = 0u; k < ${workgroup}u; k++) {
    squares += clip_squares[k];
    big += clip_big[k];
  }
  var norm = sqrt(squares);
  if (is_nonfinite(squares)) { norm = sqrt(big) * ${bigScale}; }
  if (norm > limit) { factor = limit / norm; }
  workgroupBarrier();
}`;
}

/** The moments of element k after this step's gradient, and the change that follows from them. */
function updateCode(kernel: Kernel): {
  readonly before: string;
  readonly moments: string;
  readonly change: string;
} {
  const { plan, regions } = kernel;
  const moment = (block: number): string => `arena[${at(kernel, `moment${block}.weights.1`)} + k]`;
  const gradient = `factor * arena[${at(kernel, 'gradient.weights.1')} + k]`;
  const keep = 'let keep = momentum_of(p);';
  const updates: Record<Plan['optimizer'], () => ReturnType<typeof updateCode>> = {
    sgd: () => ({ before: '', moments: '', change: `rate * (${gradient})` }),
    momentum: () => ({
      before: keep,
      moments: `${moment(1)} = keep * ${moment(1)} + ${gradient};`,
      change: `rate * ${moment(1)}`,
    }),
    adam: () => ({
      before: `${keep}
let age = f32(step + 1u);
let correction1 = -safe_expm1(age * number(table[p + 5u]));
let correction2 = -safe_expm1(age * ${literal(logBeta2)});`,
      moments: `
let g = ${gradient};
${moment(1)} = keep * ${moment(1)} + (1.0 - keep) * g;
${moment(2)} = ${literal(adamBeta2)} * ${moment(2)} + ${literal(1 - adamBeta2)} * g * g;`,
      change: `(rate * (${moment(1)} / correction1)) / (sqrt(${moment(2)} / correction2) + ${literal(adamEpsilon)})`,
    }),
  };
  if (regions.parameterCount === 0) throw new Error('a network without parameters');
  return updates[plan.optimizer]();
}

export function optimizerPart(kernel: Kernel): GroupPart {
  const { regions, shape, telemetry } = kernel;
  const { workgroup } = shape;
  const groups = groupsOf(regions.parameterCount, shape);
  const { before, moments, change } = updateCode(kernel);
  const weight = `arena[${at(kernel, 'weights.1')} + k]`;
  const loop = `for (var k = group * ${workgroup}u + lid; k < ${regions.parameterCount}u; k += ${groups * workgroup}u)`;
  const tells = telemetry !== 'off';
  // The old weight is the new one plus the change: exact enough for a sum that overflows.
  const rescan = `
let slot = group * ${workgroup}u + lid;
arena[${at(kernel, 'updateSquares')} + slot] = update_squares;
arena[${at(kernel, 'parameterSquares')} + slot] = parameter_squares;
if (is_nonfinite(update_squares) || is_nonfinite(parameter_squares)) {
  var update_big = 0.0;
  var parameter_big = 0.0;
  var bad = 0.0;
  ${loop} {
    let change = (${change}) * ${smallScale};
    let before = ${weight} * ${smallScale} + change;
    update_big += change * change;
    parameter_big += before * before;
    bad += select(0.0, 1.0, is_nonfinite(${weight}));
  }
  arena[${at(kernel, 'updateBig')} + slot] = update_big;
  arena[${at(kernel, 'parameterBig')} + slot] = parameter_big;
  arena[${at(kernel, 'updateBad')} + slot] = bad;
}`;
  return {
    kind: 'group',
    groups,
    declarations: `var<workgroup> clip_squares: array<f32, ${workgroup}>;\nvar<workgroup> clip_big: array<f32, ${workgroup}>;`,
    code: `
let p = period(replica, step);
let rate = learning_rate(p, step);
${before}
${clipCode(kernel)}
${tells ? 'var update_squares = 0.0;\nvar parameter_squares = 0.0;' : ''}
${loop} {
  ${moments}
  let change = ${change};
  let before = ${weight};
  ${weight} = before - change;
  ${tells ? 'update_squares += change * change;\nparameter_squares += before * before;' : ''}
}
${tells ? rescan : ''}
`,
  };
}
