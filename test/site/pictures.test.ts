// The gallery's pictures: every scenario has its own, none is left over, each is small; and the handout's silhouettes are those of the runs.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { galleryTable } from '../../src/cli/pictures/galleryTable.ts';
import { drawSilhouettes } from '../../src/cli/pictures/silhouettes.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { silhouetteFolder } from '../../src/site/silhouettes.ts';
import { momentsOf, stillFolder, stillName } from '../../src/site/stills.ts';

const root = new URL('../../', import.meta.url);
const all: readonly Scenario[] = scenarios;

test('every scenario has its pictures, broken and repaired, healthy ones one; no other lies there', () => {
  const named = all.flatMap((scenario) => momentsOf(scenario).map((moment) => stillName(scenario, moment)));
  expect(readdirSync(new URL(stillFolder, root)).toSorted()).toEqual(named.toSorted());
});

test('each picture is a WebP of at most 30 kB', () => {
  for (const name of readdirSync(new URL(stillFolder, root))) {
    const file = new URL(`${stillFolder}/${name}`, root);
    expect(statSync(file).size, name).toBeLessThanOrEqual(30_000);
    expect(readFileSync(file).toString('latin1', 0, 16), name).toMatch(/^RIFF....WEBP/s);
  }
});

test('the README has the table of all of them', () => {
  expect(readFileSync(new URL('README.md', root), 'utf8')).toContain(galleryTable());
});

test('the silhouettes are those that the runs draw now', async () => {
  const drawn = await drawSilhouettes();
  for (const { path, svg } of drawn) {
    expect(readFileSync(new URL(path, root), 'utf8') === svg, `${path}: run npm run gallery`).toBe(true);
  }
  const files = readdirSync(new URL(silhouetteFolder, root)).map((name) => `${silhouetteFolder}/${name}`);
  expect(files.toSorted()).toEqual(drawn.map(({ path }) => path).toSorted());
}, 60_000);
