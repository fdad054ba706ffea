// An hour of a run at the default pace, rows coming as they would: what page and training thread keep of it together stays small, and is whole.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { chartLines, chartSpec, chosenCharts, type DrawnRun } from '../../../src/app/state/charts.ts';
import { Emitted } from '../../../src/app/state/emitted.svelte.ts';
import { History } from '../../../src/app/state/history.svelte.ts';
import { unemittedOf } from '../../../src/app/state/unemitted.ts';
import { defaultRecipe } from '../../../src/core/recipe.ts';
import type { Detected } from '../../../src/worker/protocol.ts';
import { Training } from '../../../src/worker/training.ts';
import { RunTelemetry } from '../../../src/telemetry/runTelemetry.ts';
import { repeatingEngine } from '../../worker/repeatingEngine.ts';
import { datasetOf } from '../../worker/replay.ts';

const hour = 216_000;
const warmUp = 10_800;
/** Steps that come together: half a second. */
const together = 30;
/** Rows that come again and again. */
const period = 640;

/** Bytes in use after a collection: the least of three looks, since the test runner's own come and go. */
async function bytesInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const looks: number[] = [];
  for (let look = 0; look < 3; look++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    looks.push(heapUsed + arrayBuffers);
  }
  return Math.min(...looks);
}

/** Both ends of a run without the messages between them. */
class Both {
  readonly training: Training;
  readonly history: History;
  readonly emitted = new Emitted();
  readonly #drawn: readonly DrawnRun[];
  readonly #telemetry: RunTelemetry;
  #ids = 0;
  #detected: readonly Detected[] = [];

  constructor(training: Training) {
    this.training = training;
    this.history = new History(training.layout, defaultRecipe.validateEvery, training.dataset.classes);
    const unemitted = unemittedOf({ recipe: defaultRecipe, generation: 0 });
    this.#drawn = [{ name: 'A', part: 'looked', history: this.history, unemitted, reveals: false }];
    const id = (length: number): string => String(++this.#ids).padStart(length, '0');
    const ids = { generateTraceId: () => id(32), generateSpanId: () => id(16) };
    const identity = { runId: 'run', engine: 'e', adapter: 'a', seed: 1, recipe: '', startTime: 0 };
    this.#telemetry = new RunTelemetry(identity, { script: { now: () => (training.step * 1000) / 60, ids } });
  }

  async trainTo(step: number): Promise<void> {
    while (this.training.step < step) await this.#advance();
  }

  async #advance(): Promise<void> {
    const { words, detected, checkpoints } = await this.training.advance(together, together);
    this.history.append(words.slice());
    this.#detected = [...this.#detected, ...detected];
    this.#telemetry.advanced({
      rows: this.training.emitted(words),
      seen: this.training.seen,
      checkpoints,
      stepsPerEpoch: 16,
      steps: together,
      milliseconds: 30,
    });
    this.emitted.add(this.#telemetry.take());
    // Every three minutes the charts, in a window that moves and over the whole run.
    if (this.training.step % 10_800 !== 0) return;
    await this.#telemetry.rest();
    for (const from of [0, Math.max(0, this.training.step - 1800)]) this.#draw(from);
  }

  #draw(from: number): void {
    for (const id of chosenCharts(undefined, undefined)) {
      const spec = chartSpec(id, { recipe: defaultRecipe, inputs: 2 });
      chartLines(spec, this.#drawn, { from, to: this.history.lastStep }, 600);
    }
  }
}

test('216,000 rows leave page and thread together with less than 20 MB more than before', async () => {
  const dataset = await datasetOf(defaultRecipe);
  const both = new Both(
    await Training.start({ engine: repeatingEngine(period), recipe: defaultRecipe, generation: 0, dataset }),
  );
  // What is compiled late, and bounded queues that fill, are no growth by the hour.
  await both.trainTo(warmUp);
  const before = await bytesInUse();
  await both.trainTo(warmUp + hour);
  const growth = (await bytesInUse()) - before;
  expect(growth).toBeLessThan(20_000_000);
  // Nothing was thinned out to get there: a fork inherits every row, and the page reads each.
  const { inheritance } = await both.training.fork([
    { kind: 'open', by: 'edit', change: { kind: 'scale-rate', factor: 1 } },
  ]);
  expect(inheritance.rows.length).toBe(both.training.step * both.training.layout.width);
  const ofPage = both.history.rows(0, both.training.step).words;
  expect(ofPage.every((word, at) => word === inheritance.rows[at])).toBe(true);
}, 120_000);
