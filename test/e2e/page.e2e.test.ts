// The built page opens under its own Content-Security-Policy, without an error or a request to anywhere else.
import { expect, inject, test } from 'vitest';
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
