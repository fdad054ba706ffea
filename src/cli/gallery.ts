// `npm run gallery`: takes every scenario, broken and repaired, from the built page for the gallery, and writes the README's table of them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { scenarios } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { fillMarks } from './fillMarks.ts';
import { galleryTable } from './pictures/galleryTable.ts';
import { stills } from './pictures/pose.ts';
import { drawSilhouettes } from './pictures/silhouettes.ts';
import { silhouetteFolder } from '../site/silhouettes.ts';
import { momentsOf, stillFolder, stillName, stillPath, type Moment } from '../site/stills.ts';
import { openStudio, type Studio } from './pictures/studio.ts';
import { webpOf } from './pictures/webp.ts';

const most = 30_000;
/** A page trains in a worker and draws: two of them keep two cores busy. */
const atATime = 2;

/** What tells: picture, neurons and charts, or the wall in their place. */
const parts = '.place-model, .place-figures, .place-neurons, .place-charts, .place-wall';

async function shoot(page: Page): Promise<Buffer> {
  // What was drawn last stands in the next frame.
  await page.waitForTimeout(400);
  const boxes = await page.locator(parts).evaluateAll((elements) =>
    elements.map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    }),
  );
  const x = Math.min(...boxes.map(({ left }) => left));
  const y = Math.min(...boxes.map(({ top }) => top));
  return page.screenshot({
    clip: {
      x,
      y,
      width: Math.max(...boxes.map(({ right }) => right)) - x,
      height: Math.max(...boxes.map(({ bottom }) => bottom)) - y,
    },
  });
}

interface Job {
  readonly scenario: Scenario;
  readonly moment: Moment;
}

async function take(studio: Studio, bench: Page, { scenario, moment }: Job): Promise<void> {
  const png = await stills[moment](studio, scenario, shoot);
  const webp = await webpOf(bench, png, most);
  const file = stillPath(scenario, moment);
  writeFileSync(file, webp);
  console.log(`${file} ${(webp.length / 1000).toFixed(1)} kB`);
}

/** Takes jobs from the list until none is left. */
async function work(studio: Studio, jobs: Job[]): Promise<void> {
  const bench = await studio.browser.newPage();
  for (let job = jobs.shift(); job; job = jobs.shift()) await take(studio, bench, job);
}

function jobsFor(ids: readonly string[]): Job[] {
  const all: readonly Scenario[] = scenarios;
  return all
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .flatMap((scenario) => momentsOf(scenario).map((moment) => ({ scenario, moment })));
}

function removeStale(): void {
  const all: readonly Scenario[] = scenarios;
  const names = all.flatMap((scenario) => momentsOf(scenario).map((moment) => stillName(scenario, moment)));
  for (const file of readdirSync(stillFolder)) {
    if (!names.includes(file)) rmSync(`${stillFolder}/${file}`);
  }
}

async function draw(): Promise<void> {
  mkdirSync(silhouetteFolder, { recursive: true });
  for (const { path, svg } of await drawSilhouettes()) writeFileSync(path, svg);
}

/** @param ids scenarios to take; none = all */
async function main(ids: readonly string[]): Promise<void> {
  mkdirSync(stillFolder, { recursive: true });
  removeStale();
  await draw();
  const studio = await openStudio();
  const jobs = jobsFor(ids);
  await Promise.all(Array.from({ length: atATime }, () => work(studio, jobs)));
  await studio.close();
  writeFileSync(
    'README.md',
    fillMarks('README.md', readFileSync('README.md', 'utf8'), 'gallery', galleryTable()),
  );
}

await main(process.argv.slice(2));
