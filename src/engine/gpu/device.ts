// Requests the GPU device ourselves, so that a missing one has a clear message and a lost one is noticed.
import { EngineUnavailable } from '../engine.ts';
import { findAdapter, webgpu, type FoundAdapter } from './adapter.ts';
import type { Lifeline } from './lifeline.ts';

/** Limits raised to whatever the adapter allows, as TensorFlow.js's own set-up does; our own kernels need only the defaults. */
const raisedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** @throws EngineUnavailable with what is missing and what to do */
export async function requireAdapter(engine: string, gpu = webgpu()): Promise<FoundAdapter> {
  const remedy = 'use compiled.plain or tfjs.cpu, which need no graphics processor';
  if (!gpu) {
    throw new EngineUnavailable(
      `${engine}: WebGPU is missing here (navigator.gpu: undefined; it needs a recent browser and https or localhost); ${remedy}.`,
    );
  }
  const found = await findAdapter(gpu);
  if (found) return found;
  throw new EngineUnavailable(
    `${engine}: the browser has WebGPU but offers no adapter (none, or the graphics driver is blocked); ${remedy}.`,
  );
}

/** A device whose loss and uncaptured errors end the lifeline. @throws EngineUnavailable when the adapter refuses one */
export async function requestDevice(
  engine: string,
  adapter: GPUAdapter,
  lifeline: Lifeline,
): Promise<GPUDevice> {
  const requiredLimits = Object.fromEntries(raisedLimits.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits }).catch((error: unknown) => {
    throw new EngineUnavailable(
      `${engine}: the adapter gives no device (${String(error)}); use compiled.plain or tfjs.cpu.`,
    );
  });
  void device.lost.then(({ reason, message }) => {
    lifeline.fail(`the GPU device was lost (${reason}${message ? `: ${message}` : ''})`);
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    lifeline.fail(`the GPU reported an error (${error.message})`);
  });
  return device;
}
