// One run as a program: the first of one replica.
import type { CompiledProgram, GpuExecution } from './index.ts';
import type { GpuReplicas } from './replicas.ts';

export function singleProgram(replicas: GpuReplicas, execution: GpuExecution): CompiledProgram {
  return {
    execution,
    layout: replicas.layout,
    counters: replicas.counters,
    get step() {
      return replicas.step;
    },
    get missed() {
      return replicas.missed;
    },
    advance: (steps) => replicas.advance(steps),
    rows: async (which) => (await replicas.rows(which))[0] ?? new Uint32Array(),
    detail: (level) => replicas.detail(0, level),
    keep: () => replicas.keep(0),
    checkpoint: () => replicas.checkpoint(0),
    restore: (checkpoint) => replicas.restore([checkpoint]),
    evaluate: (split) => replicas.evaluate(0, split),
    intervene: (recipe) => {
      replicas.intervene(0, recipe);
    },
    dispose: () => {
      replicas.dispose();
    },
  };
}
