// The kernel of a network: sizes, memory and shape, worked out once from a request and an adapter.
import { settingsAt, settingsPeriods } from '../../../core/timeline.ts';
import { deadWindow, signalLayout } from '../../../signals/index.ts';
import { divergenceInputs } from '../../../data/inputShift.ts';
import type { CompileRequest } from '../../engine.ts';
import type { TelemetryLevel } from '../pass.ts';
import { planNetwork, type Plan } from '../plan.ts';
import { gradientPartials } from '../passes/backward.wgsl.ts';
import { inputShiftRegions } from '../passes/inputShift.wgsl.ts';
import { optimizerPartials } from '../passes/optimizer.wgsl.ts';
import { makeRegions } from './regions.ts';
import type { Kernel, Shape } from './stage.ts';
import { parameterRegions } from '../plan.ts';

/** Examples per chunk of an evaluation, at most. */
const largestChunk = 512;

export function planOf({ recipe, generation, dataset, fromStep }: CompileRequest): Plan {
  return planNetwork(recipe, settingsAt(settingsPeriods(recipe, generation), fromStep), dataset);
}

export function makeKernel(request: CompileRequest, shape: Shape, telemetry: TelemetryLevel): Kernel {
  const { recipe, dataset } = request;
  const plan = planOf(request);
  const validationCount = dataset.validation.count;
  const chunk = Math.min(largestChunk, Math.max(64, Math.ceil(validationCount / 64) * 64));
  const parameterCount = parameterRegions(plan).reduce((sum, { size }) => sum + size, 0);
  const compared = telemetry === 'core' ? divergenceInputs(dataset) : 0;
  const partials = [
    ...gradientPartials(plan, shape),
    ...optimizerPartials(parameterCount, shape),
    ...inputShiftRegions(compared),
  ];
  return {
    plan,
    layout: signalLayout(plan.hiddenLayers),
    regions: makeRegions(plan, chunk, partials),
    shape,
    telemetry,
    batch: plan.batch,
    window: deadWindow(dataset.train.count, recipe.batch),
    chunk,
    validationCount,
    image: dataset.image,
    compared,
    inputBytes: dataset.train.inputs instanceof Uint8Array ? 1 : 4,
  };
}
