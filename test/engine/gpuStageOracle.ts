// What each stage of the compiled engine's WGSL must write, from the JavaScript voices, and how far it may be off.
import { biasPushes, productionAt, spoiltBatches } from '../../src/core/stateFaults.ts';
import { settingsAt, settingsPeriods } from '../../src/core/timeline.ts';
import type { CompileRequest } from '../../src/engine/engine.ts';
import { checkpointNames } from '../../src/engine/compiled/arena.ts';
import { makeMachine } from '../../src/engine/compiled/machine.ts';
import type { Machine } from '../../src/engine/compiled/pass.ts';
import { parameterRegions, type LayerPlan } from '../../src/engine/compiled/plan.ts';
import { sumLosses } from '../../src/engine/compiled/passes/loss.ts';
import { passesFor } from '../../src/engine/compiled/passes/index.ts';
import { layerInput, type Workspace } from '../../src/engine/compiled/workspace.ts';

/** Share of Σ|x| for sums, of the value otherwise. */
export const share = 1e-5;
/** Below this all values are the same: f32 itself ends at 1e-38. */
const floor = 1e-30;

/** Values of a region, each with the difference that counts as none. */
export interface Expected {
  readonly values: ArrayLike<number>;
  readonly slack: ArrayLike<number>;
}

/** A region of partial sums: what they must add up to. */
export interface Total {
  readonly total: number;
  readonly slack: number;
}

export interface Written {
  readonly regions: ReadonlyMap<string, Expected>;
  readonly totals: ReadonlyMap<string, Total>;
}

export const exact = (values: ArrayLike<number>): Expected => ({
  values,
  slack: new Float64Array(values.length),
});
export const near = (values: ArrayLike<number>): Expected => ({
  values,
  slack: Float64Array.from(values, (value) => share * Math.abs(value)),
});

export function differencesOf(
  name: string,
  { values, slack }: Expected,
  actual: ArrayLike<number>,
): string[] {
  const lines: string[] = [];
  for (let k = 0; k < values.length; k++) {
    // The arena holds f32: what is beyond that is infinite there.
    const [a, b] = [Math.fround(values[k]!), actual[k]!];
    const allowed = slack[k]! + floor;
    // Where terms are not finite there is no measure of nearness: but what is finite must be so in both.
    const measured = Number.isFinite(a) && Number.isFinite(allowed);
    if (measured ? Math.abs(a - b) <= allowed : Number.isFinite(a) === Number.isFinite(b)) continue;
    lines.push(`${name}[${k}]: ${a} expected, ${b} found, ${slack[k]} allowed`);
  }
  return lines.length > 3
    ? [...lines.slice(0, 3), `${name}: ${lines.length} of ${values.length} differ`]
    : lines;
}

/** Sums of products: c[i,j] = Σ a(i,x)·b(j,x) and Σ|a·b|, in float64. */
export function products(
  m: number,
  n: number,
  k: number,
  a: (i: number, x: number) => number,
  b: (j: number, x: number) => number,
) {
  const values = new Float64Array(m * n);
  const sizes = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let x = 0; x < k; x++) {
        const term = a(i, x) * b(j, x);
        values[i * n + j]! += term;
        sizes[i * n + j]! += Math.abs(term);
      }
    }
  }
  return { values, sizes };
}

/** A dense layer's outputs before anything else. */
export function dense(
  input: ArrayLike<number>,
  weights: ArrayLike<number>,
  biases: ArrayLike<number>,
  layer: LayerPlan,
  count: number,
) {
  const { inputs, outputs } = layer;
  const { values, sizes } = products(
    count,
    outputs,
    inputs,
    (i, x) => input[i * inputs + x]!,
    (j, x) => weights[j * inputs + x]!,
  );
  return {
    values: Float32Array.from(values, (value, e) => value + biases[e % outputs]!),
    sizes: sizes.map((size, e) => size + Math.abs(biases[e % outputs]!)),
  };
}

/** Loss and rightness of every example, by the JavaScript voice. */
export function rowsOf(machine: Machine, workspace: Workspace, count: number) {
  const { plan } = machine;
  const z = workspace.layers.at(-1)!.activation;
  const rows = Array.from({ length: count }, (_, row) => {
    const activation = z.subarray(row * plan.outputs, (row + 1) * plan.outputs);
    const layers = [{ ...workspace.layers.at(-1)!, activation }];
    return sumLosses(plan, { ...workspace, labels: workspace.labels.subarray(row), layers }, 1);
  });
  return { loss: rows.map(({ loss }) => loss), right: rows.map(({ right }) => right) };
}

/** Probabilities by output unit in float64, and how far losses and gradients move with the outputs. */
export function headSlack(machine: Machine, workspace: Workspace, sizes: ArrayLike<number>, count: number) {
  const { plan } = machine;
  const { outputs } = plan;
  const z = workspace.layers.at(-1)!.activation;
  const loss = new Float64Array(count);
  const gradient = new Float64Array(count * outputs);
  const probability = new Float64Array(count * outputs);
  for (let row = 0; row < count; row++) {
    const values = Array.from(z.subarray(row * outputs, (row + 1) * outputs));
    const off = values.map((_, j) => share * sizes[row * outputs + j]!);
    const worst = Math.max(...off);
    const largest = Math.max(...values);
    const sum = values.reduce((total, value) => total + Math.exp(value - largest), 0);
    values.forEach((value, j) => {
      const e = row * outputs + j;
      const target = outputs === 1 ? workspace.labels[row]! : Number(workspace.labels[row] === j);
      if (plan.loss === 'squared-error') {
        loss[row]! += (2 * Math.abs(value - target) * off[j]! + off[j]! ** 2) / outputs;
        gradient[e] = (2 / outputs) * (off[j]! + share * (Math.abs(value) + target));
        probability[e] = off[j]! + share;
        return;
      }
      const softmax = plan.loss === 'softmax-cross-entropy';
      const p = softmax ? Math.exp(value - largest) / sum : 1 / (1 + Math.exp(-value));
      const units = softmax ? 1 : outputs;
      loss[row]! += (Math.abs(p - target) * off[j]!) / units;
      probability[e] = (softmax ? 2 * p * worst : p * (1 - p) * off[j]!) + share * p;
      gradient[e] = (probability[e] + share * (p + target)) / units;
    });
  }
  return { loss, gradient, probability };
}

/** The derivative of an activation by its value, and Σ|x| of the sum that it is. */
export function slopeOf(layer: LayerPlan, leak: number, y: number): readonly [number, number] {
  if (layer.activation === 'tanh') return [1 - y * y, 1 + y * y];
  if (layer.activation === 'sigmoid') return [y * (1 - y), Math.abs(y) * (1 + Math.abs(y))];
  if (layer.activation === 'linear' || y > 0) return [1, 1];
  if (layer.activation === 'elu') return [y + 1, 1 + Math.abs(y)];
  return layer.activation === 'relu' ? [0, 0] : [leak, leak];
}

/** One step of the JavaScript voices, and what lay in memory around it. */
export interface Recording {
  readonly request: CompileRequest;
  readonly machine: Machine;
  /** Persistent regions before the step, and after the biases were pushed. */
  readonly before: ReadonlyMap<string, Float32Array>;
  readonly pushed: ReadonlyMap<string, Float32Array>;
  readonly step: number;
  readonly row: Uint32Array;
  /** Examples of the step after. */
  readonly next: { readonly x: Float32Array; readonly labels: Float32Array };
  readonly input: (index: number) => ArrayLike<number>;
}

/** Runs `steps` steps, spoils the arena, and records one more; `middle` runs after the pushes, where validation does. */
export function recordStep(
  request: CompileRequest,
  steps: number,
  spoil: (machine: Machine) => void,
  middle: (machine: Machine) => void,
): Recording {
  const machine = makeMachine(request, Float32Array);
  const { control, writer, arena } = machine;
  const voices = passesFor('core').map((pass) => ({ id: pass.id, voice: pass.javascript(machine) }));
  const periods = settingsPeriods(request.recipe, request.generation);
  control.pushes = biasPushes(request.recipe.timeline, request.generation);
  control.spoilt = spoiltBatches(request.recipe.timeline, request.generation);
  control.production = (step) => productionAt(request.recipe.timeline, request.generation, step);
  const copy = () =>
    new Map(checkpointNames(arena).map((name) => [name, new Float32Array(arena.region(name))]));
  for (; control.step < steps; control.step++) {
    control.settings = settingsAt(periods, control.step);
    for (const { voice } of voices) voice();
  }
  writer.take();
  spoil(machine);
  control.settings = settingsAt(periods, control.step);
  const before = copy();
  let pushed = before;
  for (const { id, voice } of voices) {
    voice();
    if (id !== 'push-biases') continue;
    pushed = copy();
    middle(machine);
  }
  const input = (index: number) => layerInput(machine.training, index);
  const { step } = control;
  const row = writer.take();
  return { request, machine, before, pushed, step, row, next: gatherNext(machine, periods), input };
}

/** Gathers for the step after, and leaves the examples of this one where they are. */
function gatherNext(machine: Machine, periods: ReturnType<typeof settingsPeriods>): Recording['next'] {
  const { control, training } = machine;
  const own = { x: Float32Array.from(training.input), labels: Float32Array.from(training.labels) };
  const before = { step: control.step, settings: control.settings };
  control.step++;
  control.settings = settingsAt(periods, control.step);
  const gather = passesFor('core').find(({ id }) => id === 'gather')!;
  gather.javascript(machine)();
  const next = { x: Float32Array.from(training.input), labels: Float32Array.from(training.labels) };
  training.input.set(own.x);
  training.labels.set(own.labels);
  Object.assign(control, before);
  return next;
}

/** Names of the parameters with their gradients and moments. */
export function parameterNames({ plan }: Machine): readonly string[] {
  return parameterRegions(plan).map(({ name }) => name);
}
