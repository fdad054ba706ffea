// Nothing on the page moves by itself: from the first paint on, through loading and training.
import { expect, inject, test } from 'vitest';
import { startObserving, type Seen } from '../../src/cli/vitals/observe.ts';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');

test.each([
  { width: 1280, height: 720 },
  { width: 1280, height: 600 },
  { width: 390, height: 844 },
])('no layout shift at $width×$height while a run is loaded and learns', async (size) => {
  const page = await PlaygroundPage.open(browser(), `${previewUrl}?engine=compiled.plain`, async (page) => {
    await page.setViewportSize(size);
    await page.addInitScript(startObserving);
  });
  await page.learns();
  const { shift, firstStep } = await page.page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  expect(firstStep).toBeGreaterThan(0);
  expect(shift).toBe(0);
  expect(page.errors).toEqual([]);
  await page.close();
});
