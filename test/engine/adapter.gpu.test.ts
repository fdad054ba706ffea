// Without a WebGPU adapter, on the page and in a worker, no GPU test says anything; so a missing one fails, and never skips.
import { expect, test } from 'vitest';

test('the page has a WebGPU adapter', async () => {
  expect(await navigator.gpu.requestAdapter()).not.toBeNull();
});

test('a worker has a WebGPU adapter', async () => {
  expect(await vendorInWorker()).toEqual(expect.any(String));
});

async function vendorInWorker(): Promise<unknown> {
  const worker = new Worker(new URL('./adapterWorker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = (message: MessageEvent<unknown>) => {
        resolve(message.data);
      };
      worker.onerror = (error) => {
        reject(new Error(`adapterWorker.ts: ${error.message}`));
      };
    });
  } finally {
    worker.terminate();
  }
}
