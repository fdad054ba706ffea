// Takes the README's pictures from the built page: `npm run pictures`, after a change that shows.
import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright';
import { preview } from 'vite';
import { chromiumFlags, findOrInstallChromium } from './chromium.ts';

const folder = 'docs/pictures';
const wide = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

interface Picture {
  readonly name: string;
  readonly query: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly theme: 'light' | 'dark';
  /** Brings the page into the state of the picture. */
  readonly pose: (page: Page) => Promise<void>;
}

const patient = { timeout: 120_000 };

async function hear(page: Page, words: RegExp): Promise<void> {
  await page.getByTestId('narrator').filter({ hasText: words }).waitFor(patient);
}

async function alert(page: Page, title: string): Promise<void> {
  await page.getByTestId('alert-title').filter({ hasText: title }).waitFor(patient);
}

/** A fault pressed once the network has learned, up to its alert. */
function broken(fault: string, title: string, settle: number) {
  return async (page: Page): Promise<void> => {
    await hear(page, /It has learned/);
    await page.getByTestId(`fault-${fault}`).click();
    await alert(page, title);
    await page.waitForTimeout(settle);
  };
}

function repaired(fault: string, title: string, remedy: string, settle: number) {
  return async (page: Page): Promise<void> => {
    await broken(fault, title, settle)(page);
    await page.getByTestId(`remedy-${remedy}`).click();
    await hear(page, /Repaired/);
  };
}

const learned = (page: Page): Promise<void> => hear(page, /It has learned/);

const pictures: readonly Picture[] = [
  { name: 'healthy', query: 'pace=60', size: wide, theme: 'light', pose: learned },
  {
    name: 'loss-spike',
    query: 'pace=60',
    size: wide,
    theme: 'light',
    pose: broken('raise-rate', 'Loss spike', 900),
  },
  {
    name: 'dead-neurons',
    query: 'pace=60',
    size: wide,
    theme: 'light',
    pose: broken('kill-relus', 'Dead neurons', 6500),
  },
  {
    name: 'overfit',
    query: 'pace=600',
    size: wide,
    theme: 'light',
    pose: broken('starve', 'Overfitting', 6500),
  },
  {
    name: 'repaired',
    query: 'pace=60',
    size: wide,
    theme: 'dark',
    pose: repaired('kill-relus', 'Dead neurons', 'batch-norm', 5000),
  },
  {
    name: 'not-a-number',
    query: 'loss=squared-error&activation=leaky-relu&pace=600&do=300,edit,learningRate=100',
    size: wide,
    theme: 'light',
    pose: (page) => alert(page, 'Not a number'),
  },
  { name: 'digits', query: 'scenario=digits&pace=max', size: wide, theme: 'dark', pose: learned },
  {
    name: 'phone',
    query: 'pace=60',
    size: phone,
    theme: 'light',
    pose: broken('kill-relus', 'Dead neurons', 6500),
  },
];

async function take(browser: Browser, address: string, picture: Picture): Promise<void> {
  const context = await browser.newContext({ viewport: picture.size, colorScheme: picture.theme });
  const page = await context.newPage();
  await page.goto(`${address}?engine=compiled.plain&${picture.query}`);
  await picture.pose(page);
  await page.screenshot({ path: `${folder}/${picture.name}.png` });
  await context.close();
  console.log(`${folder}/${picture.name}.png`);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const server = await preview({ logLevel: 'warn', preview: { port: 0, host: '127.0.0.1', open: false } });
  const address = server.resolvedUrls?.local[0] ?? '';
  const browser = await chromium.launch({
    executablePath: await findOrInstallChromium(),
    args: [...chromiumFlags],
  });
  for (const picture of pictures) await take(browser, address, picture);
  await browser.close();
  await server.close();
}

await main();
