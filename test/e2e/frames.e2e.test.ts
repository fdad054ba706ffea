// What is passed on: a frame in another page, a projector’s page with its code, a page without its share button, and a figure to keep.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { encode } from 'uqr';
import { expect, inject, test, vi } from 'vitest';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const quick = 'engine=compiled.plain&pace=max';
const patient = { timeout: 60_000 };

function framed(query: string): string {
  return `<div style="height: 3000px">above</div><iframe src="${previewUrl}?${quick}&amp;${query}" width="400" height="400"></iframe>
    <div style="height: 3000px">below</div>`;
}

async function bring(page: Page, place: 'frame' | 'top'): Promise<void> {
  await page.evaluate((to) => {
    if (to === 'top') window.scrollTo(0, 0);
    else document.querySelector('iframe')?.scrollIntoView({ block: 'center' });
  }, place);
}

test('a frame starts when it is scrolled into view and rests when it is out of it; a damaged value says so', async () => {
  const page = await browser().newPage({ viewport: { width: 900, height: 700 } });
  await page.route(`${previewUrl}notes.html`, (route) =>
    route.fulfill({ contentType: 'text/html', body: framed('embed=surface,cats') }),
  );
  await page.goto(`${previewUrl}notes.html`);
  const frame = page.frameLocator('iframe');
  const step = async () => Number((await frame.getByTestId('step').innerText()).replaceAll(/\D/g, ''));
  await page.waitForTimeout(500);
  expect(await frame.getByTestId('embed').count()).toBe(0);
  await bring(page, 'frame');
  await frame.getByTestId('embed-surface').waitFor(patient);
  expect(await frame.locator('[role=alert]').innerText()).toMatch(/embed.*cats/);
  await vi.waitFor(async () => expect(await step()).toBeGreaterThan(20), patient);
  await bring(page, 'top');
  let before = -1;
  await vi.waitFor(
    async () => {
      const now = await step();
      const rests = now === before;
      before = now;
      expect(rests).toBe(true);
    },
    { timeout: 10_000, interval: 400 },
  );
  await bring(page, 'frame');
  await vi.waitFor(async () => expect(await step()).toBeGreaterThan(before), patient);
  await page.close();
});

/** The squares of a code as the page drew them, row by row. */
async function drawnSquares(page: PlaygroundPage): Promise<readonly string[]> {
  const svg = page.at('link-code').locator('svg');
  const size = Number((await svg.getAttribute('viewBox'))?.split(' ')[2]);
  const path = (await svg.locator('path').getAttribute('d')) ?? '';
  const rows = Array.from({ length: size }, () => new Array<string>(size).fill('.'));
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h/g)) rows[Number(y)]![Number(x)] = '#';
  return rows.map((row) => row.join(''));
}

test('a presenter’s one key breaks, repairs and goes on; Q shows the code of the link', async () => {
  const page = await PlaygroundPage.openStill(browser(), `${previewUrl}?${quick}&present`);
  await page.learns();
  await page.page.keyboard.press('PageDown');
  const entries = () => new URL(page.page.url()).searchParams.getAll('do').length;
  await vi.waitFor(() => expect(entries()).toBe(1), patient);
  // Until there is an alert, the key does nothing.
  const repaired = async () => {
    if (entries() < 2) await page.page.keyboard.press('PageDown');
    expect(entries()).toBe(2);
  };
  await vi.waitFor(repaired, { ...patient, interval: 1500 });
  await page.page.getByText('steps lost', { exact: true }).waitFor(patient);
  await page.page.keyboard.press('q');
  await page.at('link-code').waitFor();
  // For who takes it along, the page is the usual one.
  const link = page.page.url().replace('&present=on', '');
  expect(await page.at('link-code').locator('.link').innerText()).toBe(link);
  const { data } = encode(link, { ecc: 'L', boostEcc: true, border: 4 });
  expect(await drawnSquares(page)).toEqual(data.map((row) => row.map((dark) => (dark ? '#' : '.')).join('')));
  expect(page.errors).toEqual([]);
  await page.close();
});

test.each(['', '&lesson=dead-relu', '&call'])(
  'on a phone a presenter’s page%s is in one column, and nothing of it is beside the screen',
  async (what) => {
    const page = await PlaygroundPage.openStill(browser(), 'about:blank');
    await page.page.setViewportSize({ width: 390, height: 844 });
    await page.page.goto(`${previewUrl}?${quick}&present${what}`);
    const next = page.at('present-next');
    await next.waitFor(patient);
    const beside = await page.page.evaluate(() =>
      [...document.querySelectorAll('.present *')]
        .filter((element) => element.getBoundingClientRect().right > 391)
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    expect(beside).toEqual([]);
    await next.scrollIntoViewIfNeeded();
    expect(await next.isVisible()).toBe(true);
    await page.close();
  },
);

test('the drawer keeps a figure as SVG with its words and as PNG of its size; hide=share takes the button away', async () => {
  const page = await PlaygroundPage.openStill(browser(), `${previewUrl}?${quick}`);
  await page.learns();
  await page.at('share').click();
  const kept = async (id: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.page.waitForEvent('download'), page.at(id).click()]);
    return readFileSync(await download.path());
  };
  await page.at('figure-svg').waitFor(patient);
  const svg = (await kept('figure-svg')).toString();
  const [, width = 0, height = 0] = /<svg[^>]*width="(\d+)"[^>]*height="(\d+)"/.exec(svg)?.map(Number) ?? [];
  // Beside the page: its policy would hold for what is parsed within it.
  const beside = await browser().newPage();
  const wrong = await beside.evaluate((text) => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
    const words = [root.querySelector('title'), root.querySelector('desc')].map((one) => one?.textContent);
    return { root: root.localName, unsafe: root.querySelectorAll('script, foreignObject').length, words };
  }, svg);
  await beside.close();
  expect(wrong).toMatchObject({ root: 'svg', unsafe: 0 });
  expect(wrong.words.join(' ').length).toBeGreaterThan(40);
  const png = await kept('figure-png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16) / png.readUInt32BE(20)).toBeCloseTo(width / height, 2);
  expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(width);
  await page.page.goto(`${previewUrl}?${quick}&hide=share`);
  await page.at('recipe').waitFor();
  expect(await page.at('share').isVisible()).toBe(false);
  expect(page.errors).toEqual([]);
  await page.close();
});
