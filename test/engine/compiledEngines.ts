// The compiled engine on the GPU in both executions, for the length of a test file.
import { afterAll, beforeAll } from 'vitest';
import {
  createCompiledEngine,
  type CompiledEngine,
  type GpuExecution,
} from '../../src/engine/compiled/gpu/index.ts';

export const executions: readonly GpuExecution[] = ['resident', 'staged'];

/** Made before the file's first test and disposed of after its last. */
export function compiledEngines(): (execution: GpuExecution) => CompiledEngine {
  const engines = new Map<GpuExecution, CompiledEngine>();
  beforeAll(async () => {
    for (const execution of executions) engines.set(execution, await createCompiledEngine({ execution }));
  });
  afterAll(() => {
    for (const engine of engines.values()) engine.dispose();
  });
  return (execution) => {
    const engine = engines.get(execution);
    if (!engine) throw new Error(`${execution}: engines exist while tests run, not before`);
    return engine;
  };
}
