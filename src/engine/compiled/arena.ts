// The arena: one block of numbers with named regions, as the JavaScript voices use it.
import type { Plan } from './plan.ts';
import { parameterRegions } from './plan.ts';

export type Reals = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
export type RealsConstructor = Float32ArrayConstructor | Float64ArrayConstructor;

export interface Arena {
  readonly Reals: RealsConstructor;
  /** A region by name. @throws Error when the plan has none of that name */
  region(name: string): Reals;
  readonly names: readonly string[];
  readonly parameters: Reals;
  readonly gradients: Reals;
  readonly moment1: Reals;
  readonly moment2: Reals;
}

interface Request {
  readonly name: string;
  readonly size: number;
}

/** Blocks of optimizer state, each of the parameters' shape. */
export function momentBlocks(plan: Plan): readonly string[] {
  if (plan.optimizer === 'adam') return ['moment1', 'moment2'];
  return plan.optimizer === 'momentum' ? ['moment1'] : [];
}

/** Parameters first, then one copy of their shape for gradients and for each moment: flat loops serve all of them. */
function blocks(plan: Plan): readonly Request[] {
  const regions = parameterRegions(plan);
  return ['', 'gradient', ...momentBlocks(plan)].flatMap((block) =>
    regions.map(({ name, size }) => ({ name: block ? `${block}.${name}` : name, size })),
  );
}

/** State that goes with the parameters into a checkpoint: running statistics and quiet-steps counters. */
export function stateRegions(plan: Plan): readonly Request[] {
  const hidden = plan.layers.slice(0, -1);
  return hidden.flatMap(({ number, outputs, batchNorm }) => [
    { name: `quiet.${number}`, size: outputs },
    ...(batchNorm
      ? [
          { name: `runningMean.${number}`, size: outputs },
          { name: `runningVariance.${number}`, size: outputs },
          { name: `runningCount.${number}`, size: 1 },
        ]
      : []),
  ]);
}

export function makeArena(plan: Plan, Reals: RealsConstructor): Arena {
  const parameterCount = parameterRegions(plan).reduce((sum, { size }) => sum + size, 0);
  const requests = [...blocks(plan), ...stateRegions(plan)];
  const memory = new Reals(requests.reduce((sum, { size }) => sum + size, 0));
  const regions = new Map<string, Reals>();
  let offset = 0;
  for (const { name, size } of requests) {
    regions.set(name, memory.subarray(offset, offset + size));
    offset += size;
  }
  const block = (index: number): Reals =>
    index < 2 + momentBlocks(plan).length
      ? memory.subarray(index * parameterCount, (index + 1) * parameterCount)
      : memory.subarray(0, 0);
  return {
    Reals,
    region: (name) => {
      const found = regions.get(name);
      if (!found) throw new Error(`arena region “${name}”: there are ${[...regions.keys()].join(', ')}`);
      return found;
    },
    names: requests.map(({ name }) => name),
    parameters: block(0),
    gradients: block(1),
    moment1: block(2),
    moment2: block(3),
  };
}

/** Regions that a checkpoint holds: everything but gradients, which each step computes anew. */
export function checkpointNames(arena: Arena): readonly string[] {
  return arena.names.filter((name) => !name.startsWith('gradient.'));
}
