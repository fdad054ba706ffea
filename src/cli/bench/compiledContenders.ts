// Our own engine as contender: plain, resident and staged, and many replicas in one program.
import { createCompiledEngine, type GpuExecution } from '../../engine/compiled/gpu/index.ts';
import { compilePlain } from '../../engine/compiled/plain.ts';
import type { Contender, ContenderKind } from './contender.ts';
import { optimizers } from './nets.ts';
import { driveProgram, fetchEveryMs } from './programContender.ts';
import type { Task } from './task.ts';

export const compiledPlain: ContenderKind = {
  engine: 'compiled',
  execution: 'plain',
  // A readback per signal is no cost of its own where nothing has to be read back.
  telemetries: ['off', 'core'],
  optimizers,
  onGpu: false,
  open: (task, telemetry) => {
    const program = compilePlain(task.request, Float32Array, telemetry === 'off' ? 'off' : 'core');
    return Promise.resolve(driveProgram(task, program, { telemetry, detect: telemetry === 'core' }));
  },
};

function compiledOnGpu(execution: GpuExecution): ContenderKind {
  return {
    engine: 'compiled',
    execution,
    telemetries: ['off', 'core', 'naive'],
    optimizers,
    onGpu: true,
    open: async (task, telemetry) => {
      const engine = await createCompiledEngine({
        execution,
        telemetry: telemetry === 'off' ? 'off' : 'core',
      });
      const program = await engine.compile(task.request);
      return driveProgram(task, program, {
        telemetry,
        settled: () => engine.device.queue.onSubmittedWorkDone(),
        counters: program.counters,
        close: () => engine.dispose(),
      });
    },
  };
}

export const compiledResident = compiledOnGpu('resident');
export const compiledStaged = compiledOnGpu('staged');

/** Steps asked for at a time, of one replica as of many. The engine cuts them into dispatches of 4–8 ms: with many replicas K is smaller, which counts against them. */
const replicaSteps = 8;

/** `count` runs with core telemetry, each with its own seed; the first has the task's. */
export async function openReplicas(task: Task, execution: GpuExecution, count: number): Promise<Contender> {
  const engine = await createCompiledEngine({ execution, telemetry: 'core' });
  const requests = Array.from({ length: count }, (_, replica) => ({
    ...task.request,
    recipe: { ...task.recipe, seed: task.recipe.seed + replica },
  }));
  const replicas = await engine.compileReplicas(requests);
  return {
    replicas: count,
    run: async (steps) => {
      let fetched = performance.now();
      for (let left = steps; left > 0; left -= replicaSteps) {
        await replicas.advance(Math.min(left, replicaSteps));
        if (performance.now() - fetched < fetchEveryMs) continue;
        await replicas.rows('arrived');
        fetched = performance.now();
      }
      await replicas.rows('all');
      if (replicas.missed > 0) throw new Error(`rows: ${replicas.missed} overwritten before they were read`);
    },
    parameters: async () => (await replicas.checkpoint(0)).regions,
    counters: replicas.counters,
    dispose: () => {
      replicas.dispose();
      engine.dispose();
    },
  };
}
