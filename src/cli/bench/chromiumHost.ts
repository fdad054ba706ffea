// Runs the benchmark in headless Chromium, on a page that Vite's development server makes of the sources.
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { chromiumFlags, findOrInstallChromium } from '../chromium.ts';
import type { BenchResult } from './result.ts';
import type { BenchOptions } from './wishes.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const pagePath = 'src/cli/bench/page.html';
/** Named by the page's script as well; here so that it is known as part of the program. */
const pageScript = fileURLToPath(new URL('./page.ts', import.meta.url));

/** Chromium on Linux needs to be asked for Vulkan before it offers a hardware adapter. */
const vulkan = '--enable-features=Vulkan';

function startServer(): Promise<ViteDevServer> {
  return createServer({
    root,
    configFile: false,
    logLevel: 'error',
    // Its own, since other servers of this folder optimise other dependencies.
    cacheDir: 'node_modules/.vite-bench',
    optimizeDeps: {
      entries: [pageScript],
      include: ['@jax-js/jax', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu', 'convnetjs', 'valibot'],
    },
    server: {
      host: '127.0.0.1',
      port: 0,
      // A file saved meanwhile must not reload the page.
      hmr: false,
      watch: null,
      // Cross-origin isolation: finer clocks, and shared memory for those peers that use threads.
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });
}

async function openPage(page: Page, address: string, progress: (line: string) => void): Promise<void> {
  await page.exposeFunction('benchProgress', progress);
  page.on('pageerror', (error) => progress(`page: ${error.message}`));
  await page.goto(`${address}${pagePath}`);
  await page.waitForFunction(() => globalThis.bench !== undefined, undefined, { timeout: 120_000 });
}

/** Ended by Ctrl-C. */
export class Stopped extends Error {}

export async function benchInChromium(
  options: BenchOptions,
  hardware: boolean,
  progress: (line: string) => void,
): Promise<BenchResult> {
  const server = await startServer();
  const neutral = chromiumFlags.filter((flag) => !flag.startsWith('--use-webgpu-adapter'));
  const browser = await chromium.launch({
    executablePath: await findOrInstallChromium(),
    args: hardware ? [...neutral, vulkan] : [...chromiumFlags],
    handleSIGINT: false,
  });
  const stopped = new AbortController();
  const stop = (): void => {
    stopped.abort();
    // Ends the page's work below with an error.
    void browser.close();
  };
  process.once('SIGINT', stop);
  try {
    await server.listen();
    const page = await browser.newPage();
    await openPage(page, server.resolvedUrls?.local[0] ?? '', progress);
    return await page.evaluate((given) => {
      if (!globalThis.bench) throw new Error('the page has no benchmark');
      return globalThis.bench(given);
    }, options);
  } catch (error) {
    if (stopped.signal.aborted) throw new Stopped();
    throw error;
  } finally {
    process.off('SIGINT', stop);
    await browser.close();
    await server.close();
  }
}
