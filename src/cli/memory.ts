// `npm run memory`: what an hour at the default pace, 216,000 rows, adds to the memory of the built page and its training thread in Chromium.
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { chromiumFlags, findOrInstallChromium } from './chromium.ts';

const hour = 216_000;
/** By then code is compiled, and bounded queues are full. */
const warmUp = 10_000;
const limit = 20e6;
const patient = { timeout: 600_000 };

/** Without it the browser tells nobody how much memory its threads have. */
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

async function stepOf(page: Page): Promise<number> {
  return Number((await page.getByTestId('step').innerText()).replaceAll(/\D/g, ''));
}

/** Goes on wherever the run pauses by itself. */
async function trainTo(page: Page, step: number): Promise<void> {
  while ((await stepOf(page)) < step) {
    const pause = page.getByTestId('pause');
    if ((await pause.getAttribute('aria-label')) === 'Play') await pause.click();
    await page.waitForTimeout(200);
  }
}

interface Memory {
  readonly bytes: number;
  readonly breakdown: readonly {
    readonly bytes: number;
    readonly attribution: readonly { readonly scope: string }[];
  }[];
}

/** After a collection: bytes of the page and of its threads. */
async function measure(page: Page): Promise<Readonly<Record<string, number>>> {
  const { bytes, breakdown } = await page.evaluate(() =>
    (
      performance as unknown as { measureUserAgentSpecificMemory(): Promise<Memory> }
    ).measureUserAgentSpecificMemory(),
  );
  const of = (scope: string): number =>
    breakdown
      .filter(({ attribution }) => attribution.some((each) => each.scope === scope))
      .reduce((sum, part) => sum + part.bytes, 0);
  return { bytes, page: of('Window'), thread: of('DedicatedWorkerGlobalScope') };
}

const server = await preview({
  logLevel: 'warn',
  preview: { port: 0, host: '127.0.0.1', open: false, headers: isolated },
});
const url = server.resolvedUrls?.local[0];
if (url === undefined) throw new Error('vite preview: no local address; run npm run build first');
const browser = await chromium.launch({
  executablePath: await findOrInstallChromium(),
  args: [...chromiumFlags],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
page.setDefaultTimeout(patient.timeout);
await page.goto(`${url}?engine=compiled.plain&pace=max`);
await trainTo(page, warmUp);
const [from, before] = [await stepOf(page), await measure(page)];
await trainTo(page, from + hour);
const [to, after] = [await stepOf(page), await measure(page)];
const megabytes = (name: string): string => (((after[name] ?? 0) - (before[name] ?? 0)) / 1e6).toFixed(1);
console.log(
  `Steps ${from} to ${to}: page and thread grew by ${megabytes('bytes')} MB (page ${megabytes('page')}, thread ${megabytes('thread')}).`,
);
await browser.close();
await server.close();
process.exitCode = (after['bytes'] ?? NaN) - (before['bytes'] ?? NaN) < limit ? 0 : 1;
