// The arena on the GPU: one block of f32 per replica with named regions, what a checkpoint holds first and in one piece.
import type { Plan } from '../plan.ts';
import { parameterRegions } from '../plan.ts';
import { momentBlocks, stateRegions } from '../arena.ts';

interface Region {
  readonly name: string;
  /** First element within a replica's block. */
  readonly offset: number;
  readonly size: number;
}

export interface Regions {
  /** Elements of one replica's block; a multiple of 64, so that every block may be copied and bound by itself. */
  readonly stride: number;
  /** Elements at the start of the block that make a checkpoint. */
  readonly persistent: number;
  readonly parameterCount: number;
  /** @throws Error when there is none of that name */
  region(name: string): Region;
  has(name: string): boolean;
  readonly list: readonly Region[];
}

export interface RegionRequest {
  readonly name: string;
  readonly size: number;
}

/** Regions that a checkpoint holds: parameters, moments, running statistics, quiet-steps counters. */
export function persistentRequests(plan: Plan): readonly RegionRequest[] {
  const parameters = parameterRegions(plan);
  const moments = momentBlocks(plan).flatMap((block) =>
    parameters.map(({ name, size }) => ({ name: `${block}.${name}`, size })),
  );
  return [...parameters, ...moments, ...stateRegions(plan)];
}

/** What one step leaves behind for the next pass. Sizes in elements; batch × width unless said. */
function trainingRequests(plan: Plan): readonly RegionRequest[] {
  const { batch, features } = plan;
  const layers = plan.layers.flatMap(({ number, outputs, batchNorm }): RegionRequest[] => {
    const hidden = number <= plan.hiddenLayers;
    const size = batch * outputs;
    return [
      // A hidden layer's derivative follows from its activation: only batch norm, and the loss, need what comes before.
      ...(hidden && !batchNorm ? [] : [{ name: `z.${number}`, size }]),
      ...(hidden ? [{ name: `a.${number}`, size }] : []),
      ...(hidden && plan.dropout ? [{ name: `out.${number}`, size }] : []),
      ...(batchNorm
        ? [
            { name: `normalised.${number}`, size },
            { name: `inverse.${number}`, size: outputs },
          ]
        : []),
      { name: `delta.${number}`, size },
      ...(hidden
        ? [
            { name: `unitSum.${number}`, size: outputs },
            { name: `unitSaturated.${number}`, size: outputs },
          ]
        : []),
    ];
  });
  return [
    { name: 'x', size: batch * features },
    { name: 'labels', size: batch },
    { name: 'rowLoss', size: batch },
    { name: 'rowRight', size: batch },
    ...layers,
  ];
}

/** Memory of an evaluation of `chunk` examples at a time. */
function evaluationRequests(plan: Plan, chunk: number): readonly RegionRequest[] {
  return [
    { name: 'eval.x', size: chunk * plan.features },
    { name: 'eval.labels', size: chunk },
    ...plan.layers.map(({ number, outputs }) => ({ name: `eval.a.${number}`, size: chunk * outputs })),
    { name: 'eval.loss', size: chunk },
    { name: 'eval.right', size: chunk },
    { name: 'eval.probabilities', size: chunk * plan.classes },
  ];
}

/** @param partials regions for the sums of parts, as the passes ask for them */
export function makeRegions(plan: Plan, chunk: number, partials: readonly RegionRequest[]): Regions {
  const persistent = persistentRequests(plan);
  const gradients = parameterRegions(plan).map(({ name, size }) => ({ name: `gradient.${name}`, size }));
  const requests = [
    ...persistent,
    ...gradients,
    ...trainingRequests(plan),
    ...evaluationRequests(plan, chunk),
    ...partials,
  ];
  const regions = new Map<string, Region>();
  let offset = 0;
  for (const { name, size } of requests) {
    regions.set(name, { name, offset, size });
    offset += size;
  }
  const sum = (list: readonly RegionRequest[]) => list.reduce((total, { size }) => total + size, 0);
  return {
    stride: Math.ceil(offset / 64) * 64,
    persistent: sum(persistent),
    parameterCount: sum(gradients),
    region: (name) => {
      const found = regions.get(name);
      if (!found) throw new Error(`region “${name}”: there are ${[...regions.keys()].join(', ')}`);
      return found;
    },
    has: (name) => regions.has(name),
    list: [...regions.values()],
  };
}
