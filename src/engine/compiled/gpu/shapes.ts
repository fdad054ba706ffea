// How kernels are cut for software and hardware adapters, and which execution a network gets.
import type { Plan } from '../plan.ts';
import type { GpuExecution } from './index.ts';
import type { Shape } from './stage.ts';

/**
 * Software adapters run a workgroup's invocations one after another, four lanes at a time: workgroups of four make barriers free, and large
 * register tiles read least (measured on SwiftShader: 2-16-16-2 takes 0.09 ms per step with 4 invocations, 0.18 with 32). Hardware wants many
 * invocations in flight, and the textbook product.
 */
const shapes: Record<GpuExecution, { readonly software: Shape; readonly hardware: Shape }> = {
  resident: {
    software: {
      workgroup: 4,
      tiles: [4, 2, 1],
      leastTasks: 8,
      product: 'registers',
      parametersPerTask: Infinity,
    },
    hardware: {
      workgroup: 256,
      tiles: [4, 2, 1],
      leastTasks: 256,
      product: 'registers',
      parametersPerTask: Infinity,
    },
  },
  staged: {
    software: {
      workgroup: 4,
      tiles: [16, 8, 4, 2, 1],
      leastTasks: 64,
      product: 'registers',
      parametersPerTask: 512,
    },
    hardware: {
      workgroup: 64,
      tiles: [4, 2, 1],
      leastTasks: 4096,
      product: 'workgroup',
      parametersPerTask: 4,
    },
  },
};

export function shapeFor(execution: GpuExecution, hardware: boolean): Shape {
  return shapes[execution][hardware ? 'hardware' : 'software'];
}

/** Multiply-adds of one training step: forward, and twice as many backward. */
function productsOf(plan: Plan): number {
  return 3 * plan.batch * plan.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
}

interface Costs {
  /** Microseconds per dispatch, per barrier of a single workgroup, and per million multiply-adds on one workgroup and on the whole GPU. */
  readonly dispatch: number;
  readonly barrier: number;
  readonly oneWorkgroup: number;
  readonly wholeGpu: number;
}

/** Software: measured on SwiftShader with two cores. Hardware: estimates for a discrete GPU, not measured. */
const costs: Record<'software' | 'hardware', Costs> = {
  software: { dispatch: 45, barrier: 1, oneWorkgroup: 2500, wholeGpu: 360 },
  hardware: { dispatch: 6, barrier: 1, oneWorkgroup: 120, wholeGpu: 1 },
};

/**
 * The cheaper execution by a model of dispatches, barriers and multiply-adds: *resident* pays for using one workgroup per replica, *staged* for
 * its dispatches. Many replicas fill the GPU either way.
 */
export function cheaperExecution(plan: Plan, replicas: number, hardware: boolean): GpuExecution {
  const { dispatch, barrier, oneWorkgroup, wholeGpu } = costs[hardware ? 'hardware' : 'software'];
  const millions = productsOf(plan) / 1e6;
  const stages = 2 * plan.layers.length + 3 + 2 * plan.layers.filter(({ batchNorm }) => batchNorm).length;
  const resident = stages * barrier + Math.max(millions * oneWorkgroup, replicas * millions * wholeGpu);
  const staged = stages * dispatch + replicas * millions * wholeGpu;
  return resident <= staged ? 'resident' : 'staged';
}
