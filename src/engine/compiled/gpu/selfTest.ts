// The start-up check: one small network for a few steps on the GPU and in plain JavaScript. A driver that computes something else is not used.
import { Rows } from '../../../core/layout.ts';
import { defaultRecipe } from '../../../core/recipe.ts';
import { streams, uniform } from '../../../core/random.ts';
import type { Dataset, Samples } from '../../../data/dataset.ts';
import type { CompileRequest } from '../../engine.ts';
import type { TelemetryLevel } from '../pass.ts';
import { compilePlain } from '../plain.ts';
import type { CompiledEngine } from './index.ts';

const steps = 2;
const tolerance = { relative: 1e-3, floor: 1e-4 };

function samples(first: number, count: number): Samples {
  const inputs = new Float32Array(count * 2);
  for (let k = 0; k < inputs.length; k++) inputs[k] = 2 * uniform(7, streams.data, first + k) - 1;
  const labels = Uint8Array.from({ length: count }, (_, k) =>
    inputs[2 * k]! * inputs[2 * k + 1]! > 0 ? 1 : 0,
  );
  return { count, inputs, labels };
}

function requestOf(): CompileRequest {
  const recipe = {
    ...defaultRecipe,
    seed: 7,
    hidden: [5, 4],
    batch: 8,
    train: 24,
    validation: 16,
    validateEvery: 1,
    clipNorm: 1,
  };
  const dataset: Dataset = {
    id: 'check',
    features: 2,
    classes: 2,
    train: samples(0, 24),
    validation: samples(1000, 16),
    production: samples(2000, 16),
    target: null,
    image: null,
  };
  return { recipe, generation: 0, dataset, fromStep: 0 };
}

/** @throws Error that names the first signal in which the GPU differs */
export async function selfTest(engine: CompiledEngine, telemetry: TelemetryLevel): Promise<void> {
  const request = requestOf();
  const plain = compilePlain(request, Float32Array, telemetry);
  const program = await engine.compile(request);
  try {
    await program.advance(steps);
    void plain.advance(steps);
    const { layout } = plain;
    const [expected, found] = [new Rows(layout, await plain.rows()), new Rows(layout, await program.rows())];
    if (found.count !== steps) throw new Error(`${found.count} rows came of ${steps} steps`);
    for (let row = 0; row < steps; row++) {
      layout.columns.forEach(({ signal }, column) => {
        const [a, b] = [expected.value(row, column), found.value(row, column)];
        if (a === b) return;
        const allowed = Math.max(tolerance.floor, tolerance.relative * Math.abs(a ?? NaN));
        if (a === undefined || b === undefined || !(Math.abs(a - b) <= allowed)) {
          throw new Error(`${signal} is ${b ?? 'absent'} instead of ${a ?? 'absent'} at step ${row}`);
        }
      });
    }
  } finally {
    program.dispose();
  }
}
