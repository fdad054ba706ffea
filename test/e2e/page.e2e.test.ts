// The built page opens under its own Content-Security-Policy, without an error or a request to anywhere else.
import { expect, inject, test } from 'vitest';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { useBrowser } from './browser.ts';

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
});

test('the longest title of a scenario is whole on its button', async () => {
  const all: readonly Scenario[] = scenarios;
  const longest = all.reduce((one, other) => (other.title.length > one.title.length ? other : one));
  const page = await browser().newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${previewUrl}?engine=compiled.plain&scenario=${longest.id}`);
  const text = page.getByTestId('scenario').locator('.text');
  await expect.poll(() => page.getByTestId('engine').innerText()).toContain('Plain JavaScript');
  expect(await text.innerText()).toBe(longest.title);
  const cut = await text.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
    scrollWidth - clientWidth,
    scrollHeight - clientHeight,
  ]);
  expect(cut).toEqual([0, 0]);
  await page.close();
});
