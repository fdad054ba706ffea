// Compares engines in one run: `npm run bench [-- --json]`. Ratios of medians from interleaved repeats, never single times.
import { readFileSync } from 'node:fs';
import type { Recipe } from '../core/recipe.ts';
import { Rows } from '../core/layout.ts';
import type { Dataset } from '../data/dataset.ts';
import { loadDataset, parseRecipe } from '../data/index.ts';
import { plainEngine } from '../engine/compiled/plain.ts';
import type { Engine, Program } from '../engine/engine.ts';
import { createTfjsEngine } from '../engine/tfjs/index.ts';

interface Net {
  readonly name: string;
  readonly recipe: Recipe;
  /** Steps of one repeat, so that each engine's repeat takes some tenths of a second. */
  readonly steps: Readonly<Record<string, number>>;
  /** How many times faster plain must be. */
  readonly atLeast: number;
}

interface Measured {
  readonly net: string;
  readonly engine: string;
  readonly msPerStep: number;
  /** (largest − smallest) ÷ median over the repeats. */
  readonly spread: number;
  readonly lossAt100: number;
}

const repeats = 7;
const warmUp = 20;

const nets: readonly Net[] = [
  {
    name: 'tiny 2-16-16-2, batch 32',
    recipe: parseRecipe({
      data: 'circle',
      hidden: [16, 16],
      loss: 'softmax-cross-entropy',
      batch: 32,
      validation: 200,
      validateEvery: 10,
    }),
    steps: { 'compiled.plain': 2000, 'tfjs.cpu': 100 },
    atLeast: 12,
  },
  {
    name: 'digits 784-128-64-10, batch 128',
    recipe: parseRecipe({
      data: 'mnist',
      classes: 10,
      hidden: [128, 64],
      loss: 'softmax-cross-entropy',
      batch: 128,
      train: 10000,
      validation: 100,
      validateEvery: 100,
    }),
    steps: { 'compiled.plain': 10, 'tfjs.cpu': 10 },
    atLeast: 1,
  },
];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

async function time(program: Program, steps: number): Promise<number> {
  const begun = performance.now();
  for (let done = 0; done < steps; done += 10) {
    await program.advance(10);
    await program.rows();
  }
  return (performance.now() - begun) / steps;
}

/** Loss of step 100 from a program of its own, so that every row shows that it trained the same network. */
async function lossAt100(engine: Engine, recipe: Recipe, dataset: Dataset): Promise<number> {
  const program = await engine.compile({ recipe, generation: 0, dataset, fromStep: 0 });
  let loss = NaN;
  while (program.step <= 100) {
    await program.advance(1);
    const rows = new Rows(program.layout, await program.rows());
    loss = rows.value(rows.count - 1, program.layout.column('loss')) ?? NaN;
  }
  program.dispose();
  return loss;
}

async function compare(net: Net, engines: readonly Engine[]) {
  const dataset = await loadDataset(net.recipe, {
    file: (path) => Promise.resolve(new Uint8Array(readFileSync(`public/${path}`))),
    progress: () => undefined,
  });
  const request = { recipe: net.recipe, generation: 0, dataset, fromStep: 0 };
  const programs = await Promise.all(engines.map((engine) => engine.compile(request)));
  for (const program of programs) await time(program, warmUp);
  const times: number[][] = engines.map(() => []);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [index, program] of programs.entries()) {
      times[index]?.push(await time(program, net.steps[engines[index]?.id ?? ''] ?? 10));
    }
  }
  for (const program of programs) program.dispose();
  const rows: Measured[] = [];
  for (const [index, engine] of engines.entries()) {
    const own = times[index] ?? [];
    rows.push({
      net: net.name,
      engine: engine.id,
      msPerStep: median(own),
      spread: (Math.max(...own) - Math.min(...own)) / median(own),
      lossAt100: await lossAt100(engine, net.recipe, dataset),
    });
  }
  const ratio = median((times[1] ?? []).map((other, repeat) => other / (times[0]?.[repeat] ?? NaN)));
  return { rows, ratio };
}

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const engines = [plainEngine, await createTfjsEngine('cpu')];
  const results = [];
  for (const net of nets) {
    if (!json) console.log(`${net.name}: ${repeats} interleaved repeats, core telemetry on …`);
    results.push({ net, ...(await compare(net, engines)) });
  }
  if (json) {
    const rows = results.flatMap((result) => result.rows);
    const ratios = results.map(({ net, ratio }) => ({ net: net.name, ratio, atLeast: net.atLeast }));
    console.log(JSON.stringify({ adapter: 'none: CPU only', rows, ratios }, null, 2));
  } else {
    console.table(results.flatMap((result) => result.rows));
    for (const { net, ratio } of results) {
      console.log(`${net.name}: tfjs.cpu ÷ compiled.plain = ${ratio.toFixed(1)}× (at least ${net.atLeast}×)`);
    }
  }
  for (const engine of engines) engine.dispose();
  if (results.some(({ net, ratio }) => ratio < net.atLeast)) process.exitCode = 1;
}

await main();
