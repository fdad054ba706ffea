// How the page is built and how the tests run: five vitest projects (pure, svelte, receiver, gpu, e2e) for a machine with two cores.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumFlags } from './src/cli/chromium.ts';

const executablePath = process.env['TRAINWRECK_CHROMIUM'];
const chromium = playwright({
  launchOptions: { args: [...chromiumFlags], ...(executablePath === undefined ? {} : { executablePath }) },
});

const pure: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'pure',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.{svelte,receiver,gpu,e2e}.test.ts'],
    maxWorkers: 2,
    sequence: { groupOrder: 0 },
  },
};

const rune: TestProjectInlineConfiguration = {
  extends: true,
  // Without this condition Svelte's server build is loaded, and effects pass without running.
  resolve: { conditions: ['browser'] },
  test: {
    name: 'svelte',
    environment: 'jsdom',
    include: ['test/**/*.svelte.test.ts'],
    maxWorkers: 2,
    sequence: { groupOrder: 0 },
  },
};

/** Real receivers of telemetry, and a real browser that sends to them; no GPU and no built page. */
const receiver: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'receiver',
    environment: 'node',
    include: ['test/**/*.receiver.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
};

const gpu: TestProjectInlineConfiguration = {
  extends: true,
  // Vite finds what tests import, but not what a worker imports; a dependency found late reloads the test.
  optimizeDeps: { entries: ['src/worker/*.ts', 'test/**/*Worker.ts'] },
  test: {
    name: 'gpu',
    include: ['test/**/*.gpu.test.ts'],
    testTimeout: 60_000,
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { groupOrder: 2 },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: chromium,
      instances: [{ browser: 'chromium' }],
    },
  },
};

const e2e: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/e2e/**/*.e2e.test.ts'],
    // Two pages at once: while one is in slow motion, the other has the processor.
    maxConcurrency: 2,
    globalSetup: ['test/e2e/previewServer.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { groupOrder: 3 },
  },
};

export default defineConfig({
  base: './',
  plugins: [svelte()],
  worker: { format: 'es' },
  // The page's Content-Security-Policy has no data: URLs, so nothing may be inlined as one.
  build: { target: 'es2023', assetsInlineLimit: 0 },
  test: { projects: [pure, rune, receiver, gpu, e2e] },
});
