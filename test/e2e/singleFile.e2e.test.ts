// The page as one file, opened from a disk: it trains, breaks and repairs, reads what one brings, and asks for no other file.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clouds } from '../data/csv/tables.ts';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';
import { closeDrawer, drawers, openDrawer, spikingLog } from './states.ts';

const browser = useBrowser();
const folder = mkdtempSync(join(tmpdir(), 'trainwreck-single-'));
const address = pathToFileURL(join(folder, 'trainwreck.html')).href;

beforeAll(async () => {
  await build({ mode: 'single', logLevel: 'error', build: { outDir: folder } });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openFile(query: string) {
  const requests: string[] = [];
  const page = await PlaygroundPage.openStill(browser(), 'about:blank');
  page.page.on('request', (request) => requests.push(request.url()));
  await page.page.goto(`${address}?${query}`);
  /** Beside the page itself, only what it made. */
  const asked = () => requests.filter((url) => !/^(?:blob|data):/.test(url) && !url.startsWith(address));
  return { page, asked };
}

test('it is one file', () => {
  expect(readdirSync(folder)).toEqual(['trainwreck.html']);
});

test('on WebGPU it learns', async () => {
  const { page, asked } = await openFile('engine=compiled&pace=600');
  await page.learns();
  expect(await page.at('engine').innerText()).toContain('WebGPU');
  expect(asked()).toEqual([]);
  expect(page.errors).toEqual([]);
  await page.close();
});

test('in plain JavaScript it learns, breaks, and is repaired', async () => {
  const { page, asked } = await openFile('engine=compiled.plain&pace=600');
  await page.learns();
  expect(await page.at('engine').innerText()).toContain('Plain');
  await page.press('raise-rate');
  await page.alert('Loss spike');
  await page.repair('divide-rate');
  expect(asked()).toEqual([]);
  expect(page.errors).toEqual([]);
  await page.close();
});

test('its drawers open, a table is trained on, and a log is read, each by a thread of its own', async () => {
  const { page, asked } = await openFile('engine=compiled.plain&pace=max');
  await page.learns();
  // On a wide page scenarios are a menu.
  for (const id of drawers.filter((one) => one !== 'scenarios')) {
    await openDrawer(page, id);
    await closeDrawer(page);
  }
  await openDrawer(page, 'own-run');
  await page.at('bring-text').fill(spikingLog);
  await page.at('bring-read').click();
  await page.at('own-run-alert').first().waitFor();
  await closeDrawer(page);
  await openDrawer(page, 'own-data');
  await page.at('bring-text').fill(clouds(60));
  await page.at('bring-read').click();
  await page.at('own-table').waitFor();
  await page.at('own-train').click();
  await page.page.waitForURL(/data=own/);
  await page.hears(/It has learned/);
  expect(asked()).toEqual([]);
  expect(page.errors).toEqual([]);
  await page.close();
});

test.each([
  {
    query: 'scenario=digits&engine=compiled.plain',
    says: /mnist\.bin is not in a page that was opened from a file: choose/,
  },
  { query: 'engine=tfjs.webgpu', says: /TensorFlow\.js is not in the single file/ },
])('what it does not hold is said: $query', async ({ query, says }) => {
  const { page } = await openFile(query);
  await page.page.getByText(says).first().waitFor({ timeout: 30_000 });
  await page.close();
});
