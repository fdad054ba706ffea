// The built page under its own Content-Security-Policy: no error, and no request to anywhere but a collector that a person names.
import { expect, inject, test } from 'vitest';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { startMockReceiver, type Arrival } from '../telemetry/export/mockReceiver.ts';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');

test('the page opens without an error, a blocked resource or a foreign request', async () => {
  const page = await browser().newPage();
  const errors: string[] = [];
  const origins = new Set<string>();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto(previewUrl, { waitUntil: 'load' });
  await page.locator('#app > *').first().waitFor({ state: 'attached' });
  expect(await page.title()).toMatch(/^Trainwreck: /);
  expect(errors).toEqual([]);
  expect([...origins]).toEqual([new URL(previewUrl).origin]);
  await page.close();
});

test('the browser itself refuses text as markup or as code, and a thread from elsewhere', async () => {
  const page = await browser().newPage();
  await page.goto(previewUrl);
  await page.getByTestId('step').waitFor();
  const allowed = await page.evaluate(async () => {
    // What a debugger runs directly may do more than the page.
    await new Promise((resolve) => void setTimeout(resolve));
    const attempts = {
      markup: () => (document.createElement('p').innerHTML = '<b>text</b>'),
      handler: () => document.createElement('p').setAttribute('onclick', 'text'),
      code: () => (globalThis as unknown as Record<string, (text: string) => unknown>)['eval']?.('1'),
      timer: () => Reflect.apply(setTimeout, globalThis, ['text']) as number,
      thread: () => new Worker('https://example.org/thread.js'),
    };
    return Object.entries(attempts).flatMap(([name, attempt]) => {
      try {
        attempt();
        return [name];
      } catch {
        return [];
      }
    });
  });
  expect(allowed).toEqual([]);
  await page.close();
});

test('the longest title of a scenario is whole on its button', async () => {
  const all: readonly Scenario[] = scenarios;
  const longest = all.reduce((one, other) => (other.title.length > one.title.length ? other : one));
  const page = await browser().newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${previewUrl}?engine=compiled.plain&scenario=${longest.id}`);
  const text = page.getByTestId('scenario').locator('.text');
  await page.getByTestId('engine').filter({ hasText: 'Plain JavaScript' }).waitFor();
  expect(await text.innerText()).toBe(longest.title);
  const cut = await text.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
    scrollWidth - clientWidth,
    scrollHeight - clientHeight,
  ]);
  expect(cut).toEqual([0, 0]);
  await page.close();
});

/** The runs that a stream came from. */
function instances(arrivals: readonly Arrival[], stream: Arrival['stream']): readonly string[] {
  const named = /"service\.instance\.id","value":\{"stringValue":"([^"]+)"/g;
  const texts = arrivals.filter((arrival) => arrival.stream === stream).map(({ text }) => text);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(named)].map(([, id = '']) => id)))];
}

/** When a finding of this detector arrived, in milliseconds since the epoch; undefined = not yet. */
function arrivalOf(arrivals: readonly Arrival[], detector: string): number | undefined {
  return arrivals.find(({ stream, text }) => stream === 'logs' && text.includes(`"${detector} `))?.at;
}

test('to a collector that a person names all three streams of a run go, a finding within two seconds of its alert; nothing goes elsewhere', async () => {
  const receiver = await startMockReceiver();
  const origins = new Set<string>();
  const page = await PlaygroundPage.open(
    browser(),
    `${previewUrl}?engine=compiled.plain&pace=600`,
    (bare) => {
      bare.on('request', (request) => origins.add(new URL(request.url()).origin));
      // No slow motion: the alert comes in half the time.
      return bare.emulateMedia({ reducedMotion: 'reduce' });
    },
  );
  await page.at('telemetry').click();
  await page.at('telemetry-export').click();
  await page.page.getByLabel('Endpoint').fill(receiver.origin);
  await page.page.getByLabel('compressed').uncheck();
  await page.at('export-test').click();
  const verdicts = () => page.at('export-verdicts').innerText();
  await expect.poll(verdicts).toMatch(/traces arrived.*metrics arrived.*logs arrived/s);
  receiver.arrivals.length = 0;
  await page.at('export-send').click();
  await page.learns();
  await page.press('raise-rate');
  await page.alert('Loss spike');
  const alertedAt = Date.now();
  const arrivedAt = () => arrivalOf(receiver.arrivals, 'loss-spike');
  await expect.poll(arrivedAt, { interval: 50 }).toBeLessThan(alertedAt + 2000);
  const [traces, metrics, logs] = (['traces', 'metrics', 'logs'] as const).map((stream) =>
    instances(receiver.arrivals, stream),
  );
  expect(logs).toEqual([expect.stringMatching(/^run-[0-9a-f]{8}-1$/)]);
  expect([traces, metrics]).toEqual([logs, logs]);
  expect(await page.at('sending').last().innerText()).toContain('sending');
  await expect.poll(() => page.at('export-logs-sent').innerText()).not.toBe('0');
  // Its last span leaves before its thread does, and the next run goes the same way.
  await page.at('reset').click();
  const hasEnded = () => receiver.arrivals.some(({ text }) => text.includes('"training.run"'));
  await expect.poll(hasEnded).toBe(true);
  await expect.poll(() => instances(receiver.arrivals, 'logs').length).toBe(2);
  expect([...origins].sort()).toEqual([new URL(previewUrl).origin, receiver.origin].sort());
  expect(page.errors).toEqual([]);
  await page.close();
  await receiver.close();
});
