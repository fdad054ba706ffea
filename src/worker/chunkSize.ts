// How many steps one advance may take: enough to keep a GPU busy, few enough that messages get their turn.
import type { EngineId } from './fallbackEngine.ts';

/** Steps between two looks at the rows: few where a look is free, more where it waits for TensorFlow.js's readback. */
const fixed: Partial<Readonly<Record<EngineId, number>>> = {
  'compiled.plain': 4,
  'tfjs.cpu': 4,
  'tfjs.webgpu': 16,
};
/** A GPU program of ours waits in `advance` until at most two submits are in flight: so long an advance may take. */
const targetMs = 8;
const most = 256;

export class ChunkSize {
  #steps = 1;

  of(engine: EngineId): number {
    return fixed[engine] ?? this.#steps;
  }

  /** It grows no faster than twofold: the first submits come back at once, however slow the device is. */
  took(steps: number, milliseconds: number): void {
    if (steps <= 0) return;
    const fitting = Math.floor((targetMs * steps) / Math.max(milliseconds, 0.01));
    this.#steps = Math.max(1, Math.min(fitting, 2 * steps, most));
  }
}
