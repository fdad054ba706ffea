// What a person brings: a table to train on, kept on the machine and never in a link; a log from elsewhere under the detectors.
import { expect, inject, test } from 'vitest';
import { clouds } from '../data/csv/tables.ts';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const quick = '?engine=compiled.plain&pace=max';

async function choose(page: PlaygroundPage, item: string): Promise<void> {
  await page.at('scenario').click();
  await page.at(item).click();
}

async function bring(page: PlaygroundPage, text: string): Promise<void> {
  await page.at('bring-text').fill(text);
  await page.at('bring-read').click();
}

test('a pasted table is corrected, trained on, and there again after a reload; its link elsewhere waits for it', async () => {
  const origins = new Set<string>();
  const page = await PlaygroundPage.open(browser(), previewUrl + quick, (bare) => {
    bare.on('request', (request) => origins.add(new URL(request.url()).origin));
    return bare.emulateMedia({ reducedMotion: 'reduce' });
  });
  await choose(page, 'menu-own-data');
  const lines = clouds(90).split('\n');
  await bring(
    page,
    ['note,' + (lines[0] ?? ''), ...lines.slice(1).map((line, k) => `${k % 3},${line}`)].join('\n'),
  );
  await page.at('own-table').filter({ hasText: '3 inputs' }).waitFor();
  await page.at('own-role').first().selectOption('x');
  await page.at('own-table').filter({ hasText: '2 inputs' }).waitFor();
  await page.at('own-train').click();
  await page.hears(/It has learned: 9\d|100 %/);
  await page.page.waitForURL(/data=own&own=[0-9a-f]{16}:pasted_rows:90x2:xnnt/);
  const link = page.page.url();
  await page.page.reload();
  await page.hears(/It has learned: 9\d|100 %/);
  expect(page.page.url()).toBe(link);
  expect([...origins]).toEqual([new URL(previewUrl).origin]);
  expect(page.errors).toEqual([]);

  const elsewhere = await browser().newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  const awaited = other.getByTestId('own-awaited');
  await awaited.filter({ hasText: 'pasted_rows: 90 rows, 4 columns' }).waitFor();
  expect(other.url()).toBe(link);
  await other.getByTestId('bring-text').fill('x,y,side\n1,2,a\n3,4,b');
  await other.getByTestId('bring-read').click();
  await other.getByTestId('own-other').waitFor();
  await elsewhere.close();
  await page.close();
});

test('a pasted log fires its detectors, says who is blind, and leaves the page’s run as it was', async () => {
  const page = await PlaygroundPage.open(browser(), previewUrl + quick);
  await choose(page, 'menu-own-run');
  const spike = Array.from(
    { length: 100 },
    (_, k) => `${k * 5},${k >= 70 && k < 76 ? 9 : 0.5 + 0.01 * (k % 5)},${k >= 70 && k < 74 ? 30 : 1}`,
  );
  await bring(page, ['Step,train/loss,train/grad_norm', ...spike].join('\n'));
  await page.at('own-run-alert').filter({ hasText: 'Loss spike' }).waitFor();
  expect(await page.at('own-run-blind').innerText()).toContain('Overfitting lacks validation_loss');
  expect(await page.at('own-run-alike').first().innerText()).toContain('See it');
  await page.at('own-chart-loss').waitFor();
  await page.page.getByRole('button', { name: 'Leave Your own run' }).click();
  await choose(page, 'menu-own-run');
  await page.at('own-run-kept').click();
  await page.at('own-run-alert').first().waitFor();
  expect(page.errors).toEqual([]);
  await page.close();
});
