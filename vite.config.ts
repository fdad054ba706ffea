// How the page is built and how the tests run: five vitest projects (pure, svelte, gpu, receiver, e2e) for a machine with two cores.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumFlags } from './src/cli/chromium.ts';
import { laterFiles, offline, workerChunkName } from './src/cli/offline.ts';
import { preloadFonts } from './src/cli/preloadFonts.ts';
import { staticPages } from './src/site/plugin.ts';

const executablePath = process.env['TRAINWRECK_CHROMIUM'];
const chromium = playwright({
  launchOptions: { args: [...chromiumFlags], ...(executablePath === undefined ? {} : { executablePath }) },
});

/**
 * What needs no browser trains on one core while the other compiles kernels, which waits a quarter of its time. All in one group, and not in the
 * first one: that is where vitest sets whatever has one worker apart.
 */
const besideTheGpu = { maxWorkers: 1, sequence: { groupOrder: 1 } };

const pure: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'pure',
    // Some train for seconds: a loaded machine is no failure.
    testTimeout: 30_000,
    environment: 'node',
    // Values in, values out: a process and a parsed source for each of 150 files would be half of the time.
    isolate: false,
    unstubGlobals: true,
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.{svelte,receiver,gpu,e2e}.test.ts'],
    ...besideTheGpu,
  },
};

const rune: TestProjectInlineConfiguration = {
  extends: true,
  // Without this condition Svelte's server build is loaded, and effects pass without running.
  resolve: { conditions: ['browser'] },
  test: {
    name: 'svelte',
    testTimeout: 30_000,
    environment: 'jsdom',
    // Each file takes away what it has put into the document.
    isolate: false,
    unstubGlobals: true,
    include: ['test/**/*.svelte.test.ts'],
    ...besideTheGpu,
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
    sequence: { groupOrder: 2 },
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
    // Two concurrent tests of a file, where it has any: while one waits for a kernel to compile, the other trains.
    maxConcurrency: 2,
    fileParallelism: false,
    ...besideTheGpu,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: chromium,
      instances: [{ browser: 'chromium' }],
    },
  },
};

/** On the built page. */
const e2e: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/e2e/**/*.e2e.test.ts'],
    globalSetup: 'test/e2e/previewServer.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two pages at once: while one is in slow motion, the other has the processor.
    maxWorkers: 2,
    // On two cores that are both at work throughout, a browser now and then stands still for seconds. The report says what was tried twice.
    retry: 1,
    sequence: { groupOrder: 3 },
  },
};

/** What stands beside the page on a host: one file has nothing beside it. */
const besideThePage = [staticPages(), preloadFonts(), laterFiles(), offline()];

const usual = defineConfig({
  base: './',
  worker: {
    format: 'es',
    rolldownOptions: {
      output: { chunkFileNames: workerChunkName },
      // What the page has parsed the thread trusts: it uses no schema, and so holds none.
      treeshake: {
        moduleSideEffects: [{ test: /src\/core\/(?:parseRecipe|\w+Schema)\.ts$/, sideEffects: false }],
      },
    },
  },
  // The page's Content-Security-Policy has no data: URLs, so nothing may be inlined as one.
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // What the page starts with in one file: a tenth smaller when compressed than in forty, and one request.
    // Pages to read have no script, so theirs is not among it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], test: /^(?!.*(?:\.html|site\.css|modulepreload-polyfill))/ },
          ],
        },
      },
    },
  },
  // A claim about what comes of itself waits as long as a loaded machine may take.
  test: { expect: { poll: { timeout: 20_000 } }, projects: [pure, rune, receiver, gpu, e2e] },
});

export default defineConfig(async ({ mode }) => {
  const page = mergeConfig(usual, { plugins: [svelte()] });
  if (mode === 'test') {
    const { LongestFirst } = await import('./src/cli/longestFirst.ts');
    return mergeConfig(page, { test: { sequence: { sequencer: LongestFirst } } });
  }
  if (mode !== 'single') return mergeConfig(page, { plugins: besideThePage });
  const { singleFile } = await import('./src/cli/singleFile/plugins.ts');
  return mergeConfig(page, singleFile);
});
