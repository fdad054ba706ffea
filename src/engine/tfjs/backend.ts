// Loads TensorFlow.js and registers a backend of our own under a name of its own, so that several engines live in one page.
import type * as Tensorflow from '@tensorflow/tfjs';

export type Tf = typeof Tensorflow;

export interface Backend {
  readonly tf: Tf;
  /** Whether exp(NaN) may be finite or infinite, as on SwiftShader. JavaScript keeps NaN. */
  readonly losesNaN: boolean;
  /** Makes this backend the active one; before every block of operations, for TensorFlow.js knows only one at a time. */
  readonly use: () => void;
  /** Hands what is queued to the GPU. */
  submit(): void;
  /** Removes backend and kernels; tensors still alive are lost. */
  close(): void;
}

/**
 * Most dispatches per submit; TensorFlow.js's 15 makes a dozen submits of each training step. Above the length of a step, so that
 * programs submit once per step: a buffer is free again at the submit, and the pool stops growing when all steps submit alike.
 */
const dispatchesPerSubmit = 512;

/** Numbers the names. TensorFlow.js splits its kernel keys at underscores, so there is none in a name. */
let opened = 0;

function register(tf: Tf, kernels: 'cpu' | 'webgpu', factory: () => Tensorflow.KernelBackend) {
  opened++;
  const name = `trainwreck-${kernels}-${opened}`;
  tf.registerBackend(name, factory);
  tf.copyRegisteredKernels(kernels, name);
  return {
    // With a synchronous factory everything that setBackend does happens before it returns.
    use: () => {
      if (tf.getBackend() !== name) void tf.setBackend(name);
    },
    close: () => {
      tf.removeBackend(name);
      for (const { kernelName } of tf.getKernelsForBackend(name)) tf.unregisterKernel(kernelName, name);
    },
  };
}

export async function openCpu(): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs');
  tf.enableProdMode();
  const registered = register(tf, 'cpu', () => new tf.MathBackendCPU());
  return { tf, losesNaN: false, submit: () => undefined, ...registered };
}

export async function openWebgpu(device: GPUDevice, info: GPUAdapterInfo): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs');
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  tf.enableProdMode();
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', dispatchesPerSubmit);
  const backend = new WebGPUBackend(device, info);
  const registered = register(tf, 'webgpu', () => backend);
  return {
    tf,
    losesNaN: true,
    submit: () => {
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      backend.submitQueue();
    },
    ...registered,
  };
}
