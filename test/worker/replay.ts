// Trains recipes headless for tests: every run of a timeline, with its rows and findings.
import { readFileSync } from 'node:fs';
import { joinWords, Rows } from '../../src/core/layout.ts';
import type { Recipe } from '../../src/core/recipe.ts';
import { lastGeneration } from '../../src/core/timeline.ts';
import type { Dataset, LoadContext } from '../../src/data/dataset.ts';
import { loadDataset } from '../../src/data/index.ts';
import type { Finding } from '../../src/detectors/detector.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Advance } from '../../src/worker/advance.ts';
import { Training } from '../../src/worker/training.ts';

const context: LoadContext = {
  file: (path) => Promise.resolve(new Uint8Array(readFileSync(`public/${path}`))),
  progress: () => undefined,
};

const loaded = new Map<string, Promise<Dataset>>();

/** Data depends on few fields; digits would otherwise be unpacked for every run. */
export function datasetOf(recipe: Recipe): Promise<Dataset> {
  const { data, classes, noise, train, validation, seed } = recipe;
  const key = JSON.stringify([data, classes, noise, train, validation, seed]);
  const found = loaded.get(key) ?? loadDataset(recipe, context);
  loaded.set(key, found);
  return found;
}

export interface Replay {
  readonly training: Training;
  readonly rows: Rows;
  readonly findings: readonly (Finding & { readonly healthyCheckpoint: number })[];
  /** Findings as "detector severity@step", the shortest thing that two runs can be compared by. */
  readonly told: readonly string[];
  value(signal: string, step: number, layer?: number): number;
  /** Mean of a signal over the steps from … to − 1. */
  mean(signal: string, from: number, to: number): number;
}

/** Advances a run to `until` and keeps everything; inherited rows come first. */
export async function collect(
  training: Training,
  until: number,
  inherited = new Uint32Array(),
): Promise<Replay> {
  const words = [inherited];
  const findings: (Finding & { healthyCheckpoint: number })[] = [];
  const take = (advance: Advance): void => {
    words.push(advance.words);
    for (const { event, healthyCheckpoint } of advance.detected) {
      if (event.kind === 'raised') findings.push({ ...event.finding, healthyCheckpoint });
    }
  };
  while (training.step < until) take(await training.advance(until - training.step, 32));
  take(await training.drain());
  const rows = new Rows(training.layout, joinWords(words));
  const value = (signal: string, step: number, layer = 0): number =>
    rows.value(step, training.layout.column(signal, layer)) ?? NaN;
  return {
    training,
    rows,
    findings,
    told: findings.map(({ detector, severity, at }) => `${detector} ${severity}@${at}`),
    value,
    mean: (signal, from, to) => {
      let sum = 0;
      for (let step = from; step < to; step++) sum += value(signal, step);
      return sum / (to - from);
    },
  };
}

/** Trains the last run of a recipe's timeline (its ancestors are replayed first) up to `until`. */
export async function replay(recipe: Recipe, until: number, engine: Engine = plainEngine): Promise<Replay> {
  const generation = lastGeneration(recipe.timeline);
  const training = await Training.start({ engine, recipe, generation, dataset: await datasetOf(recipe) });
  return collect(training, until);
}
