// Takes the README's pictures and those of docs/walkthrough.md from the built page: `npm run pictures`, after a change that shows.
// With a name, such as `walk`, only that one.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright';
import { takeWalk } from './pictures/walk.ts';
import { hear, openStudio, waitForAlert, wide, type Studio } from './pictures/studio.ts';

const folder = 'docs/pictures';
const phone = { width: 390, height: 844 };

interface Picture {
  readonly name: string;
  readonly query: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly theme: 'light' | 'dark';
  /** Brings the page into the state of the picture. */
  readonly pose: (page: Page) => Promise<void>;
}

/** A fault pressed once the network has learned, up to its alert. */
function broken(fault: string, title: string, settle: number) {
  return async (page: Page): Promise<void> => {
    await hear(page, /It has learned/);
    await page.getByTestId(`fault-${fault}`).click();
    await waitForAlert(page, title);
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
    pose: (page) => waitForAlert(page, 'Not a number'),
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

async function take(studio: Studio, picture: Picture): Promise<void> {
  const page = await studio.open(picture.query, { viewport: picture.size, colorScheme: picture.theme });
  await picture.pose(page);
  await page.screenshot({ path: `${folder}/${picture.name}.png` });
  await page.context().close();
  console.log(`${folder}/${picture.name}.png`);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const studio = await openStudio();
  const only = process.argv[2];
  for (const picture of pictures) if (!only || only === picture.name) await take(studio, picture);
  if (!only || only === 'walk') await takeWalk(studio);
  await studio.close();
}

await main();
