// Without a network, after a reload, and beside another tab: the page goes on.
import type { BrowserContext, Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { serveCopy } from './copyServer.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const patient = { timeout: 60_000 };

async function stepOf(page: Page): Promise<number> {
  return Number((await page.getByTestId('step').innerText()).replaceAll(/\D/g, ''));
}

/** Waits in the page itself: polling from here would share its processor. */
async function reaches(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (least) =>
      Number(document.querySelector('[data-testid=step]')?.textContent.replaceAll(/\D/g, '') || 0) >= least,
    step,
    patient,
  );
}

async function visit(context: BrowserContext, query: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${previewUrl}${query}`);
  return page;
}

test('after one visit the page trains without a network, whatever its link says, and so do the digits', async () => {
  const context = await browser().newContext();
  const page = await visit(context, '?engine=compiled.plain&pace=600');
  // All that is fetched in idle time has come: the digits are the first of it.
  await page.evaluate(async () => {
    const list = (await (await fetch('./later.json')).json()) as readonly string[];
    const { scope } = await navigator.serviceWorker.ready;
    const cache = await caches.open(`trainwreck-later ${scope}`);
    while ((await cache.keys()).length < list.length)
      await new Promise((resolve) => setTimeout(resolve, 200));
  });
  await context.setOffline(true);
  await page.goto(`${previewUrl}?scenario=moons&seed=9&engine=compiled.plain&pace=600`);
  await reaches(page, 30);
  await page.getByTestId('telemetry').click();
  await page.getByTestId('drawer-telemetry').waitFor(patient);
  await page.goto(`${previewUrl}?scenario=digits&engine=compiled.plain&pace=max`);
  await reaches(page, 5);
  await context.close();
});

test('a reload offers to resume, goes there with what was pressed, and another tab has none of it', async () => {
  const context = await browser().newContext({ serviceWorkers: 'block' });
  const page = await visit(context, '?engine=compiled.plain&pace=600&do=150,edit,learningRate=0.02');
  await reaches(page, 200);
  const before = await stepOf(page);
  const other = await visit(context, '?engine=compiled.plain&scenario=moons');
  await reaches(other, 5);
  expect(await other.getByTestId('resume-offer').count()).toBe(0);
  await page.getByTestId('pace-6').click();
  await page.waitForTimeout(600);
  await page.reload();
  await page.getByTestId('resume').click(patient);
  await reaches(page, before);
  expect(await page.getByTestId('resume-offer').count()).toBe(0);
  expect(new URL(page.url()).searchParams.getAll('do')).toHaveLength(1);
  await context.close();
});

test('a new version is told in both tabs, and each of them takes it with one press, whoever is first', async () => {
  const copy = await serveCopy(previewUrl);
  const context = await browser().newContext();
  const open = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${copy.url}?engine=compiled.plain&pace=6`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, patient);
    return page;
  };
  const [a, b] = [await open(), await open()];
  copy.changeWorker();
  await a.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  for (const page of [b, a]) {
    const update = page.getByTestId('update');
    await update.waitFor(patient);
    const loaded = page.waitForEvent('load', patient);
    await update.getByRole('button').click();
    await loaded;
  }
  await reaches(a, 2);
  expect(await a.getByTestId('update').count()).toBe(0);
  await context.close();
  await copy.close();
});
