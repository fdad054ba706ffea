// `npm run vitals`: how fast the built page is there, and what it costs while it trains, measured in Chromium; written to docs/vitals.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright';
import { preview } from 'vite';
import { chromiumFlags, findOrInstallChromium } from './chromium.ts';
import { downloadsOf, limits, totalOf } from './vitals/bytes.ts';
import { startObserving, type Seen } from './vitals/observe.ts';

const wide = { width: 1280, height: 720 };
const patient = { timeout: 120_000 };
const longHistory = 100_000;

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
}

const row = (what: string, measured: string, goal = ''): Row => ({ what, measured, goal });
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;

async function open(browser: Browser, address: string): Promise<Page> {
  // What is kept for later is fetched at a quiet moment; here it would only disturb.
  const context = await browser.newContext({ viewport: wide, serviceWorkers: 'block' });
  const page = await context.newPage();
  // What runs this script marks functions with their names, by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (marked) => marked;');
  await page.addInitScript(startObserving);
  await page.goto(address);
  return page;
}

const seen = (page: Page): Promise<Seen> =>
  page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

async function stepOf(page: Page): Promise<number> {
  return Number((await page.getByTestId('step').innerText()).replaceAll(/\D/g, ''));
}

/** Waits for a step; goes on wherever the run pauses by itself. */
async function trainTo(page: Page, step: number): Promise<void> {
  while ((await stepOf(page)) < step) {
    const pause = page.getByTestId('pause');
    if ((await pause.getAttribute('aria-label')) === 'Play') await pause.click();
    await page.waitForTimeout(200);
  }
}

async function measureLoading(browser: Browser, address: string): Promise<Row[]> {
  const page = await open(browser, `${address}?engine=compiled.plain`);
  await page.waitForFunction(
    () => (globalThis as unknown as { seen: Seen }).seen.firstStep > 0,
    null,
    patient,
  );
  await page.waitForTimeout(4000);
  const { firstPaint, largestPaint, worker, firstStep, shift } = await seen(page);
  await page.context().close();
  return [
    row('First contentful paint', ms(firstPaint), 'before any engine code'),
    row('The training thread is asked for', ms(worker), 'after the first paint'),
    row('First trained step on the page', ms(firstStep), ''),
    row('Largest contentful paint', ms(largestPaint), ''),
    row('Layout shift after the first paint', shift.toFixed(4), '0'),
  ];
}

/** Longest main-thread task, steps per second and frames while a run trains at full speed. */
async function measureTraining(browser: Browser, address: string): Promise<Row[]> {
  const page = await open(browser, `${address}?engine=compiled.plain&pace=max`);
  await trainTo(page, 1000);
  await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen.tasks.splice(0));
  await page.waitForTimeout(20_000);
  const { tasks } = await seen(page);
  await trainTo(page, longHistory);
  const frames = await framesOf(page, 10);
  await page.context().close();
  const longest = Math.max(0, ...tasks);
  return [
    row(
      'Longest main-thread task in 20 s of training at full speed',
      longest === 0 ? 'none over 50 ms' : `${ms(longest)}; ${tasks.length} over 50 ms`,
      'none over 50 ms',
    ),
    row(`Frames with ${longHistory.toLocaleString('en')} rows of history, mean`, ms(frames.mean), '16.7 ms'),
    row('The same, median', ms(frames.median)),
    row('The same, 95 of 100 are under', ms(frames.p95)),
    row('The same, 99 of 100 are under', ms(frames.p99)),
  ];
}

/** Times between frames, in milliseconds, with all of the history on the charts while rows arrive. */
async function framesOf(page: Page, seconds: number) {
  const whole = page.getByTestId('whole');
  if (await whole.count()) await whole.first().click();
  const times = await page.evaluate(
    (milliseconds) =>
      new Promise<number[]>((resolve) => {
        const all: number[] = [];
        const end = performance.now() + milliseconds;
        let last = performance.now();
        const next = (now: number): void => {
          all.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(next);
          else resolve(all.slice(2));
        };
        requestAnimationFrame(next);
      }),
    seconds * 1000,
  );
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { mean, median: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function sizeRows(): Row[] {
  const { firstBundle, firstRun, fonts } = downloadsOf('dist');
  return [
    row('First bundle: page, scripts, styles', kB(totalOf(firstBundle)), `under ${kB(limits.firstBundle)}`),
    row(
      'All that a first run needs, both engines of ours',
      kB(totalOf(firstRun)),
      `under ${kB(limits.firstRun)}`,
    ),
    row('Fonts, beside it', kB(totalOf(fonts))),
  ];
}

function pageOf(rows: readonly Row[]): string {
  return `# Vitals

Measured by \`npm run vitals\` on the built page in headless Chromium, on a machine with 2 cores, no GPU (SwiftShader draws the page) and
files from the same machine. Sizes are compressed with gzip, as servers do it.

| what | measured | goal |
| --- | --- | --- |
${rows.map(({ what, measured, goal }) => `| ${what} | ${measured} | ${goal} |`).join('\n')}
`;
}

async function main(): Promise<void> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0, host: '127.0.0.1', open: false } });
  const address = server.resolvedUrls?.local[0] ?? '';
  const browser = await chromium.launch({
    executablePath: await findOrInstallChromium(),
    args: [...chromiumFlags],
  });
  try {
    const loading = await measureLoading(browser, address);
    const training = await measureTraining(browser, address);
    const text = pageOf([...sizeRows(), ...loading, ...training]);
    mkdirSync('docs', { recursive: true });
    writeFileSync('docs/vitals.md', text);
    console.log(text);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
