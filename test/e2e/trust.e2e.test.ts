// Bad input and bad luck: a message that says what happened, and a page that goes on.
import type { Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { PlaygroundPage } from './playground.ts';

const browser = useBrowser();
const previewUrl = inject('previewUrl');
const plain = 'engine=compiled.plain';

async function advances(page: PlaygroundPage): Promise<void> {
  await expect.poll(() => page.step(), { timeout: 60_000 }).toBeGreaterThan(20);
}

test('a damaged link opens the default run and names the field', async () => {
  const page = await PlaygroundPage.open(browser(), `${previewUrl}?${plain}&learningRate=fast`);
  await expect.poll(() => page.page.locator('body').innerText()).toMatch(/learningRate.*fast/s);
  await advances(page);
  expect(page.errors).toEqual([]);
  await page.close();
});

test('an unknown dataset opens the default run and lists what there is', async () => {
  const page = await PlaygroundPage.open(browser(), `${previewUrl}?${plain}&data=cats`);
  await expect.poll(() => page.page.locator('body').innerText()).toMatch(/cats.*circle/s);
  await advances(page);
  await page.close();
});

/** The worker asks for the adapter, so the answer is taken away in its script, before anything else in it runs. */
async function withoutWebGpu(bare: Page): Promise<void> {
  await bare.route(/worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const removed = "Object.defineProperty(navigator, 'gpu', { value: undefined });\n";
    await route.fulfill({ response, body: removed + (await response.text()) });
  });
}

test.each(['compiled', 'compiled.resident', 'tfjs.webgpu'])(
  'without WebGPU, engine=%s: a message says what is missing, and the run trains in plain JavaScript',
  async (engine) => {
    const address = `${previewUrl}?engine=${engine}`;
    const page = await PlaygroundPage.open(browser(), address, withoutWebGpu);
    await expect
      .poll(() => page.page.locator('body').innerText(), { timeout: 30_000 })
      .toMatch(/WebGPU.*plain JavaScript/s);
    await advances(page);
    expect(await page.at('engine').innerText()).toContain('Plain JavaScript');
    expect(page.errors).toEqual([]);
    await page.close();
  },
);

test('a change of structure in mid-run compiles the network anew, and the page goes on', async () => {
  const entry = 'do=60,edit,activation=tanh&do=120,edit,batchNorm=true';
  const address = `${previewUrl}?engine=compiled.resident&pace=max&${entry}`;
  const page = await PlaygroundPage.open(browser(), address);
  await expect.poll(() => page.step(), { timeout: 60_000 }).toBeGreaterThan(140);
  expect(new URL(page.page.url()).searchParams.getAll('do')).toHaveLength(2);
  expect(await page.at('engine').innerText()).toContain('WebGPU, resident');
  expect(page.errors).toEqual([]);
  await page.close();
});

test('a data file that does not load is a message, and another dataset still trains', async () => {
  const page = await PlaygroundPage.open(
    browser(),
    `${previewUrl}?${plain}&scenario=digits`,
    async (bare) => {
      await bare.route('**/data/mnist.bin', (route) => route.fulfill({ status: 404, body: 'gone' }));
    },
  );
  await expect.poll(() => page.at('failed').innerText(), { timeout: 30_000 }).toMatch(/mnist\.bin.*404/s);
  await page.page.goto(`${previewUrl}?${plain}&scenario=moons`);
  await advances(page);
  await page.close();
});

test('what draws the lines of charts does not load: it is said, the run goes on, and another try brings them', async () => {
  let isGone = true;
  const page = await PlaygroundPage.open(browser(), `${previewUrl}?${plain}`, async (bare) => {
    await bare.route('**/assets/plot-*.js', (route) => (isGone ? route.abort() : route.continue()));
  });
  await page.at('reload-lines').first().waitFor();
  await advances(page);
  expect(await page.page.locator('.uplot').count()).toBe(0);
  isGone = false;
  await page.at('reload-lines').first().click();
  await page.page.locator('.uplot').first().waitFor();
  expect(await page.at('reload-lines').count()).toBe(0);
  await page.close();
});

test('a diverged run says NaN, names the step, and a rewind repairs it', async () => {
  const recipe = 'loss=squared-error&activation=leaky-relu&do=300,edit,learningRate=100';
  const page = await PlaygroundPage.openStill(browser(), `${previewUrl}?${plain}&pace=600&${recipe}`);
  await page.alert('Not a number');
  expect(await page.at('alert-evidence').innerText()).toMatch(/^Gradient norm .*: its square is infinite/);
  await page.repair('divide-rate');
  expect(page.errors).toEqual([]);
  await page.close();
});
