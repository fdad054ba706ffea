// The page by keyboard: every press once, and Space never repeats a click.
import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const address = `${inject('previewUrl')}?engine=compiled.plain&pace=600`;

function entries(page: PlaygroundPage): readonly string[] {
  return new URL(page.page.url()).searchParams.getAll('do');
}

/** Buttons and sliders that are hidden under something else when they have the focus. */
function coveredInFocus(page: PlaygroundPage): Promise<readonly string[]> {
  return page.page
    .locator('.page :is(button, input, [role=slider]):visible')
    .evaluateAll((all: HTMLElement[]) =>
      all
        .filter((element) => {
          element.focus();
          const { left, top, width, height } = element.getBoundingClientRect();
          const seen = document.elementFromPoint(left + width / 2, top + height / 2);
          return !element.parentElement?.contains(seen);
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    );
}

test('Space pauses, also right after a fault was clicked, and does not press it again; the keys look back, Escape leads back to now', async () => {
  const page = await PlaygroundPage.open(browser(), address);
  await page.learns();
  await page.press('raise-rate');
  await expect.poll(() => entries(page)).toHaveLength(1);
  await page.page.keyboard.press('Space');
  await expect.poll(() => page.at('pause').innerText()).toContain('Play');
  expect(entries(page)).toHaveLength(1);
  await page.page.getByLabel('Track: step looked at').focus();
  await page.page.keyboard.press('Home');
  await page.at('looked-back').filter({ hasText: 'step 0, looked back at' }).waitFor();
  await page.page.getByRole('img', { name: /^Decision surface at step 0:/ }).waitFor();
  expect(await page.step()).toBe(0);
  await page.page.keyboard.press('Escape');
  await page.at('looked-back').waitFor({ state: 'detached' });
  expect(await page.step()).toBeGreaterThan(0);
  expect(page.errors).toEqual([]);
  await page.close();
});

test('three clicks in a row are at most ×100; zoomed in to a small screen, the alert covers nothing that has the focus', async () => {
  const page = await PlaygroundPage.open(browser(), address);
  await page.learns();
  await page.at('fault-raise-rate').click({ clickCount: 3 });
  await page.at('alert-title').waitFor({ timeout: 30_000 });
  expect(entries(page).length).toBeLessThanOrEqual(2);
  for (const [width, height] of [
    [390, 844],
    [640, 360],
    [320, 256],
  ] as const) {
    await page.page.setViewportSize({ width, height });
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await coveredInFocus(page)).toEqual([]);
  }
  await page.close();
});

test('1 breaks, Tab and Enter reach and press the remedy, Z takes it back', async () => {
  const page = await PlaygroundPage.openStill(browser(), address);
  await page.learns();
  await page.page.keyboard.press('1');
  await page.alert('Loss spike');
  await page.at('remedy-divide-rate').focus();
  await page.page.keyboard.press('Enter');
  await page.forks();
  await page.page.locator('[aria-label=Receipt]:focus').waitFor();
  // The address changes at most twice a second.
  await expect.poll(() => entries(page)).toHaveLength(2);
  await page.page.keyboard.press('z');
  await expect.poll(() => entries(page).length, { timeout: 30_000 }).toBe(1);
  expect(page.errors).toEqual([]);
  await page.close();
});

test('a threshold that is moved judges the steps so far, stands in the link, and Z moves it back; Escape gives the focus back, also out of a table that is open over the page; Tab leaves a menu', async () => {
  const page = await PlaygroundPage.open(browser(), address);
  await page.learns();
  await page.page.keyboard.press('Space');
  const handle = page.at('threshold-loss-spike.warning');
  const thresholds = () => new URL(page.page.url()).searchParams.getAll('threshold');
  const found = () => page.page.locator('svg title', { hasText: /^Loss spike, step/ }).count();
  expect(await found()).toBe(0);
  await handle.focus();
  for (let press = 0; press < 3; press++) await page.page.keyboard.press('PageDown');
  await expect.poll(found, { timeout: 30_000 }).toBeGreaterThan(3);
  await expect.poll(thresholds).toEqual([expect.stringMatching(/^loss-spike\.warning:0\.\d+$/)]);
  await page.page.keyboard.press('z');
  await expect.poll(found, { timeout: 30_000 }).toBe(0);
  await expect.poll(thresholds).toEqual([]);
  await page.page.getByRole('button', { name: 'Table of Loss', exact: true }).focus();
  await page.page.keyboard.press('Enter');
  await page.page.getByRole('dialog').waitFor();
  await page.page.keyboard.press('2');
  await page.page.keyboard.press('Escape');
  await page.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.page.locator('[aria-label="Table of Loss"]:focus').waitFor();
  expect(entries(page)).toEqual([]);
  await page.at('engine').focus();
  await page.page.keyboard.press('Enter');
  await page.page.locator('[role=menu]:focus-within').waitFor();
  await page.page.keyboard.press('Tab');
  await page.page.locator('[data-testid=share]:focus').waitFor();
  await page.page.getByRole('menu').waitFor({ state: 'detached' });
  await page.page.keyboard.press('Shift+Tab');
  await page.page.locator('[data-testid=engine]:focus').waitFor();
  await page.at('telemetry').focus();
  await page.page.keyboard.press('Enter');
  await page.at('drawer-telemetry').waitFor();
  await page.page.keyboard.press('Escape');
  await expect
    .poll(() => page.at('telemetry').evaluate((button) => button === document.activeElement))
    .toBe(true);
  expect(page.errors).toEqual([]);
  await page.close();
});
