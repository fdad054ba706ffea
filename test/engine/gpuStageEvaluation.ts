// The stages of an evaluation, chunk by chunk, as the JavaScript voices compute them.
import type { Samples } from '../../src/data/dataset.ts';
import type { Reals } from '../../src/engine/compiled/arena.ts';
import type { Machine } from '../../src/engine/compiled/pass.ts';
import { batchNormEpsilon } from '../../src/engine/compiled/passes/batchNorm.ts';
import { classProbabilities } from '../../src/engine/compiled/passes/loss.ts';
import { evaluateSamples } from '../../src/engine/compiled/passes/validation.ts';
import { layerInput, makeWorkspace, type Workspace } from '../../src/engine/compiled/workspace.ts';
import type { Chunk, StageBench } from './gpuStages.ts';
import {
  dense,
  differencesOf,
  exact,
  headSlack,
  near,
  rowsOf,
  share,
  type Expected,
} from './gpuStageOracle.ts';

/** Examples per chunk: less than there are, so that sums go on from one chunk to the next. */
const capacity = 29;

interface ChunkRecord {
  readonly chunk: Chunk;
  /** By stage, what it writes. */
  readonly stages: ReadonlyMap<string, ReadonlyMap<string, Expected>>;
}

export interface EvaluationRecord {
  readonly chunks: readonly ChunkRecord[];
  readonly loss: number;
  readonly accuracy: number;
}

/** Σ|x| of a hidden layer's preactivation, running batch norm included. */
function sizesOf({ arena }: Machine, workspace: Workspace, index: number, count: number): Float64Array {
  const { layer } = workspace.layers[index]!;
  const of = (name: string): Reals => arena.region(`${name}.${layer.number}`);
  const { sizes } = dense(layerInput(workspace, index), of('weights'), of('biases'), layer, count);
  if (!layer.batchNorm) return sizes;
  const seen = of('runningCount')[0]! > 0;
  return sizes.map((size, e) => {
    const unit = e % layer.outputs;
    const mean = seen ? Math.abs(of('runningMean')[unit]!) + Math.abs(of('biases')[unit]!) : 0;
    const deviation = Math.sqrt((seen ? of('runningVariance')[unit]! : 1) + batchNormEpsilon);
    return (Math.abs(of('gamma')[unit]!) * (size + mean)) / deviation + Math.abs(of('beta')[unit]!);
  });
}

function recordChunk(machine: Machine, workspace: Workspace, chunk: Chunk): ChunkRecord {
  const { plan } = machine;
  const { count } = chunk;
  const input = workspace.input.slice(0, count * plan.features);
  const stages = new Map<string, ReadonlyMap<string, Expected>>();
  const load = { 'eval.x': near(input), 'eval.labels': exact(workspace.labels.slice(0, count)) };
  stages.set('evaluate.load', new Map(Object.entries(load)));
  workspace.layers.slice(0, -1).forEach(({ layer, activation }, index) => {
    const values = activation.slice(0, count * layer.outputs);
    const sizes = sizesOf(machine, workspace, index, count);
    const slack = sizes.map((size, e) => share * (size + Math.abs(values[e]!)));
    stages.set(`evaluate.forward.${layer.number}`, new Map([[`eval.a.${layer.number}`, { values, slack }]]));
  });
  const sizes = sizesOf(machine, workspace, plan.layers.length - 1, count);
  const slack = headSlack(machine, workspace, sizes, count);
  const rows = rowsOf(machine, workspace, count);
  const probabilities = new Float32Array(count * plan.classes);
  const z = workspace.layers.at(-1)!.activation;
  for (let k = 0; k < count; k++) {
    classProbabilities(plan, z, k * plan.outputs, probabilities, k * plan.classes);
  }
  const perOutput = plan.classes / plan.outputs;
  const off = Float64Array.from(
    probabilities,
    (p, k) => slack.probability[Math.floor(k / perOutput)]! + share * p,
  );
  const head: Readonly<Record<string, Expected>> = {
    'eval.loss': {
      values: rows.loss,
      slack: slack.loss.map((value, row) => value + share * rows.loss[row]!),
    },
    'eval.right': exact(rows.right),
    'eval.probabilities': { values: probabilities, slack: off },
  };
  return { chunk, stages: stages.set('evaluate.head', new Map(Object.entries(head))) };
}

/** Evaluates by the JavaScript voice, with the parameters that the machine has now. */
export function recordEvaluation(machine: Machine, source: 0 | 1): EvaluationRecord {
  const { plan, arena, dataset } = machine;
  const samples: Samples = source === 0 ? dataset.validation : dataset.train;
  const workspace = makeWorkspace(plan, capacity, Float32Array, false);
  const chunks: ChunkRecord[] = [];
  const means = evaluateSamples(
    plan,
    arena,
    workspace,
  )(samples, (first, count) => {
    chunks.push(recordChunk(machine, workspace, { first, count, source }));
  });
  return { chunks, ...means };
}

/** Runs all chunks on the bench, stage by stage. The fold is of validation: that of other sets has no reader. */
export async function checkEvaluation(
  bench: StageBench,
  { chunks, loss, accuracy }: EvaluationRecord,
): Promise<string[]> {
  const lines: string[] = [];
  for (const { chunk, stages } of chunks) {
    for (const step of bench.evaluation) {
      if (step.id === 'evaluate.fold' && chunk.source === 1) continue;
      const after = await bench.run(step, chunk);
      const expected = stages.get(step.id) ?? new Map<string, Expected>();
      lines.push(...bench.trespasses(after, new Set(expected.keys())).map((line) => `${step.id}: ${line}`));
      for (const [name, region] of expected) {
        lines.push(
          ...differencesOf(
            `${step.id} (from ${chunk.first}) ${name}`,
            region,
            bench.region(name, after.arena),
          ),
        );
        bench.region(name).set(Float32Array.from(region.values));
      }
      bench.state.set(after.state);
    }
  }
  if (chunks[0]?.chunk.source === 1) return lines;
  const [at, ...words] = bench.state;
  const reals = new Float32Array(Uint32Array.from(words).buffer);
  if (at !== bench.state[7]! + 1) lines.push(`evaluate.fold: evaluated at ${at}`);
  const found = [reals[0]!, reals[1]!];
  return [...lines, ...differencesOf('evaluate.fold', near([loss, accuracy]), found)];
}
