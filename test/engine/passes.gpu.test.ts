// Each stage of the compiled engine on the GPU, alone, on memory as the JavaScript voices have it: what it writes is what they write.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shapeFor } from '../../src/engine/compiled/gpu/shapes.ts';
import { stateWords } from '../../src/engine/compiled/gpu/prelude.ts';
import { stateOf } from '../../src/engine/compiled/gpu/memory.ts';
import type { Machine } from '../../src/engine/compiled/pass.ts';
import type { Shape } from '../../src/engine/compiled/gpu/stage.ts';
import { findAdapter } from '../../src/engine/gpu/adapter.ts';
import { readRows, recipeOf, type Row, type Words } from './support.ts';
import { StageBench, syntheticData, syntheticRequest, type After } from './gpuStages.ts';
import { differencesOf, near, recordStep, share, type Recording, type Total } from './gpuStageOracle.ts';
import { StageWrites } from './gpuStageWrites.ts';
import { shiftAt } from './naiveShift.ts';
import { checkEvaluation, recordEvaluation, type EvaluationRecord } from './gpuStageEvaluation.ts';

const shapes = { registers: shapeFor('staged', false), workgroup: shapeFor('staged', true) };

let device: GPUDevice;
beforeAll(async () => {
  device = await (await findAdapter())!.adapter.requestDevice();
});
afterAll(() => {
  device.destroy();
});

interface Case {
  readonly words: Words;
  readonly features?: number;
  readonly classes?: number;
  readonly image?: boolean;
  /** Steps before the one that is compared. */
  readonly steps?: number;
}

const push = (layer: number, units: number) => ({
  at: 1,
  by: 'edit',
  change: { kind: 'push-biases', layer, units, perStep: -0.7, steps: 5 },
});

/** In force at the step that is compared and at the one after, whose examples are fetched ahead: differently in each. */
const spoiltBatches = [
  { at: 3, by: 'edit', change: { kind: 'corrupt-batch', inputs: -2.5, swapped: true, steps: 1 } },
  { at: 3, by: 'edit', change: { kind: 'corrupt-batch', inputs: 0.5, swapped: true, steps: 2 } },
];
const skipped = { at: 3, by: 'edit', change: { kind: 'skip-batches', from: 4, steps: 1 } };

/** On its way at the step that is compared. */
const drift = (to: Words) => ({
  at: 1,
  by: 'edit',
  change: { kind: 'drift', shift: 0, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 4, ...to },
});

const cases: readonly Case[] = [
  { words: { activation: 'relu', hidden: [5, 3], timeline: [push(1, 3), push(2, 2)] } },
  {
    words: {
      activation: 'leaky-relu',
      optimizer: 'momentum',
      l2: 0.01,
      hidden: [5, 3, 4],
      loss: 'squared-error',
    },
  },
  { words: { activation: 'elu', optimizer: 'adam', learningRate: 0.01, dropout: 0.4 }, classes: 3 },
  { words: { activation: 'tanh', clipNorm: 0.05, l2: 0.02, loss: 'softmax-cross-entropy' }, classes: 3 },
  { words: { activation: 'sigmoid', optimizer: 'adam', learningRate: 0.01, schedule: 'cosine', warmUp: 20 } },
  { words: { activation: 'linear', hidden: [5], loss: 'squared-error', learningRate: 0.01 }, classes: 3 },
  { words: { hidden: [], loss: 'softmax-cross-entropy', optimizer: 'momentum' }, features: 5 },
  { words: { hidden: [], loss: 'sigmoid-cross-entropy', l2: 0.1, clipNorm: 0.1 }, classes: 3 },
  {
    words: { batchNorm: true, activation: 'relu', hidden: [5, 3, 6], optimizer: 'adam', learningRate: 0.01 },
  },
  {
    words: {
      batchNorm: true,
      activation: 'tanh',
      dropout: 0.3,
      hidden: [5, 3],
      clipNorm: 0.2,
      timeline: [push(2, 2)],
    },
  },
  {
    words: { batchNorm: true, activation: 'elu', hidden: [3], loss: 'softmax-cross-entropy' },
    classes: 3,
    steps: 14,
  },
  {
    words: { batchNorm: true, activation: 'sigmoid', optimizer: 'momentum', l2: 0.01, hidden: [1, 4] },
    steps: 0,
  },
  {
    words: { activation: 'tanh', hidden: [1], keep: 11, mislabelled: 6, schedule: 'step', scheduleSteps: 2 },
    classes: 3,
  },
  {
    words: { hidden: [20, 33], batch: 19, activation: 'relu', dropout: 0.5, l2: 0.001, clipNorm: 1 },
    features: 37,
  },
  { words: { hidden: [17], batch: 33, activation: 'elu', batchNorm: true, optimizer: 'adam' }, features: 20 },
  {
    words: { hidden: [6], activation: 'relu', loss: 'softmax-cross-entropy' },
    features: 68,
    classes: 3,
    image: true,
  },
  { words: { hidden: [5, 3], activation: 'leaky-relu', slope: 0 }, features: 67, image: true },
  { words: { hidden: [4], activation: 'tanh', timeline: spoiltBatches }, classes: 3 },
  { words: { hidden: [3], timeline: spoiltBatches }, features: 68, classes: 3, image: true },
  { words: { hidden: [3], timeline: [...spoiltBatches, skipped] }, features: 67, image: true },
  { words: { hidden: [3], timeline: [drift({ rotate: 40, shift: 0.7, scale: 1.3, prior: 0.8 })] } },
  {
    words: { hidden: [3], timeline: [drift({ noise: 0.5, shift: -1, prior: 0.3 })] },
    features: 4,
    classes: 3,
  },
  {
    words: { hidden: [3], timeline: [drift({ rotate: 180, scale: 1.2, prior: 0.6 }), drift({ shift: 1 })] },
    features: 68,
    image: true,
  },
  { words: { hidden: [3], timeline: [drift({ noise: 0.4, scale: 0.7 })] }, features: 67, image: true },
];

interface Prepared {
  readonly bench: StageBench;
  readonly recording: Recording;
  readonly evaluations: readonly EvaluationRecord[];
}

async function prepare(
  { words, features = 2, classes = 2, image = false, steps = 3 }: Case,
  shape: Shape,
  spoil: (machine: Machine) => void = () => undefined,
): Promise<Prepared> {
  const recipe = recipeOf({ batch: 7, hidden: [5, 3], validateEvery: 2, ...words });
  const request = syntheticRequest(recipe, syntheticData(features, classes, image));
  const evaluations: EvaluationRecord[] = [];
  const bench = await StageBench.make(device, request, shape);
  const recording = recordStep(request, steps, spoil, (machine) => {
    evaluations.push(recordEvaluation(machine, 0), recordEvaluation(machine, 1));
  });
  for (const [name, values] of recording.before) bench.region(name).set(values);
  bench.state[7] = recording.step;
  return { bench, recording, evaluations };
}

const partials = /^(squares|big|bad|unitSum|unitSaturated)\.|^(update|parameter)(Squares|Big|Bad)$/;

function checkTotal(bench: StageBench, after: After, name: string, { total, slack }: Total): string[] {
  const sum = bench.region(name, after.arena).reduce((all, value) => all + value, 0);
  // Beyond f32 the squares themselves say nothing, but that they are beyond: `big` has their sum, and the row shows it.
  return differencesOf(`sum of ${name}`, { values: [Math.fround(total)], slack: [slack] }, [
    Math.fround(sum),
  ]);
}

/** Means of activations are sums of both signs: their Σ|x| is about 1. All else is relative, and infinity agrees with itself alone. */
function rowDifferences(expected: Row, actual: Row): string[] {
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((name) => {
    const [a, b] = [expected.get(name) ?? 'absent', actual.get(name) ?? 'absent'];
    if (Object.is(a, b) || a === b) return [];
    const size = name.startsWith('activation_mean') ? Math.max(1, Math.abs(Number(a))) : Math.abs(Number(a));
    const near = Number.isFinite(a) && Math.abs(Number(a) - Number(b)) <= share * size;
    return near ? [] : [`finish ${name}: ${a} expected, ${b} found`];
  });
}

/** All stages of a step, each on what the JavaScript voices left before it. */
async function checkStep({ bench, recording, evaluations }: Prepared): Promise<string[]> {
  const lines: string[] = [];
  const writes = new StageWrites(bench.kernel, recording);
  const { sums, layout } = recording.machine;
  for (const step of bench.steps) {
    const { regions, totals } = writes.of(step.id);
    const after = await bench.run(step);
    const folded = bench.kernel.regions.list.map(({ name }) => name).filter((name) => partials.test(name));
    const allowed = new Set([...regions.keys(), ...(/backward|optimizer/.test(step.id) ? folded : [])]);
    lines.push(...bench.trespasses(after, allowed).map((line) => `${step.id}: ${line}`));
    for (const [name, total] of totals) lines.push(...checkTotal(bench, after, name, total));
    for (const [name, expected] of regions) {
      lines.push(...differencesOf(`${step.id} ${name}`, expected, bench.region(name, after.arena)));
      bench.region(name).set(Float32Array.from(expected.values));
    }
    // Partial sums are the GPU's own: the stages after read them.
    for (const name of allowed)
      if (partials.test(name)) bench.region(name).set(bench.region(name, after.arena));
    if (step.id === 'push') {
      for (const evaluation of evaluations) lines.push(...(await checkEvaluation(bench, evaluation)));
      const { validationLoss, validationAccuracy, evaluatedAt, divergences } = sums;
      const { window, batch } = divergences;
      const region = new Float32Array([validationLoss, validationAccuracy, evaluatedAt, window, batch]);
      bench.state.set(stateOf(recording.step, new Map([['evaluation', region]])));
    }
    if (step.id === 'shift.count') {
      const { window, batch } = shiftAt(recording.request, recording.step);
      const found = new Float32Array(after.state.buffer, after.state.byteOffset, stateWords).subarray(5, 7);
      lines.push(...differencesOf('shift.count', near([window, batch]), found));
    }
    if (step.id !== 'finish') continue;
    if (after.state[7] !== recording.step + 1) lines.push(`finish: the step is ${after.state[7]}`);
    const [expected] = readRows(layout, recording.row);
    const [actual] = readRows(layout, after.ring);
    lines.push(...rowDifferences(expected!, actual!));
  }
  bench.dispose();
  return lines;
}

/** Cases whose products are of other kinds: all have both, the slower compilation is of these alone. */
const inWorkgroups = [1, 2, 7, 9, 13, 14, 16].map((index) => cases[index]!);

describe.each([
  { name: 'registers', shape: shapes.registers, list: cases },
  { name: 'workgroup memory', shape: shapes.workgroup, list: inWorkgroups },
])('products in $name', ({ shape, list }) => {
  test.each(list)('every stage is its JavaScript voice: $words', async (one) => {
    expect(await checkStep(await prepare(one, shape))).toEqual([]);
  });
});

test('a weight that is off by 0.001 is noticed in the stage that reads it', async () => {
  const prepared = await prepare(cases[3]!, shapes.registers);
  prepared.bench.region('weights.1')[0]! += 1e-3;
  const lines = await checkStep(prepared);
  for (const stage of ['forward.1 a.1', 'backward.1 gradient.weights.1', 'evaluate.forward.1']) {
    expect(
      lines.filter((line) => line.startsWith(stage)),
      stage,
    ).not.toEqual([]);
  }
});

const spoils: readonly { readonly region: string; readonly value: number; readonly words?: Words }[] = [
  { region: 'weights.1', value: NaN },
  { region: 'weights.1', value: Infinity },
  { region: 'weights.2', value: -Infinity, words: { activation: 'tanh' } },
  { region: 'biases.2', value: Infinity, words: { activation: 'elu', batchNorm: true } },
  { region: 'biases.1', value: NaN, words: { batchNorm: true, dropout: 0.4 } },
  { region: 'biases.3', value: NaN, words: { loss: 'softmax-cross-entropy' } },
  { region: 'weights.3', value: Infinity, words: { loss: 'softmax-cross-entropy' } },
  { region: 'weights.2', value: NaN, words: { loss: 'squared-error', activation: 'sigmoid' } },
  { region: 'weights.1', value: 1e25, words: { clipNorm: 1 } },
  { region: 'weights.3', value: 1e25, words: { clipNorm: 1, optimizer: 'momentum' } },
  { region: 'weights.2', value: 1e25, words: { l2: 0.1 } },
  { region: 'moment1.weights.2', value: NaN, words: { optimizer: 'adam' } },
  { region: 'moment1.weights.1', value: 1e25, words: { optimizer: 'momentum' } },
  { region: 'moment1.weights.1', value: 1e22, words: { optimizer: 'momentum', hidden: [1] } },
  { region: 'moment1.weights.3', value: -Infinity, words: { optimizer: 'momentum', clipNorm: 1 } },
];

describe('values beyond all bounds', () => {
  test.each(spoils)('$region = $value', async ({ region, value, words = {} }) => {
    const prepared = await prepare({ words }, shapes.registers, ({ arena }) => {
      arena.region(region)[0] = value;
    });
    expect(await checkStep(prepared)).toEqual([]);
  });
});

// Plain counts losses beyond f32 in float64, where they are finite: its row says that the loss is infinite, and that none is.
test('a squared error beyond f32 is not finite, in both', async () => {
  const prepared = await prepare({ words: { loss: 'squared-error' } }, shapes.registers, ({ arena }) => {
    arena.region('biases.3')[0] = 1e25;
  });
  expect(await checkStep(prepared)).toEqual([]);
});
