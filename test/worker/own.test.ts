// A person's own table through the training loop: every engine of this thread learns it, and a run without its table says so.
import { expect, test } from 'vitest';
import { Rows, rowLayout, type RowLayout } from '../../src/core/layout.ts';
import { parseRecipe } from '../../src/data/index.ts';
import type { EngineChoice, FromWorker } from '../../src/worker/protocol.ts';
import { Runner } from '../../src/worker/runner.ts';
import { clouds, encoded } from '../data/csv/tables.ts';
import { startMessage } from './startMessage.ts';

const table = encoded(clouds(80)).table!;
const recipe = parseRecipe({
  data: 'own',
  own: table.plan,
  train: 48,
  validation: 16,
  batch: 8,
  hidden: [8],
});

/** Everything that a run to step 60 says. */
async function said(engine: EngineChoice, own = true): Promise<readonly FromWorker[]> {
  const all: FromWorker[] = [];
  const runner = await Runner.run(
    (message) => all.push(message),
    startMessage(recipe, { engine, until: 60, ...(own && { own: table }) }),
  );
  if (runner) {
    await expect.poll(() => all.some(({ kind }) => kind === 'paused' || kind === 'failed')).toBe(true);
    runner.receive({ kind: 'stop' });
  }
  return all;
}

function lastAccuracy(all: readonly FromWorker[]): number | undefined {
  let layout: RowLayout = rowLayout([]);
  let last: number | undefined;
  for (const message of all) {
    if (message.kind === 'ready') layout = rowLayout(message.columns);
    if (message.kind !== 'rows') continue;
    const rows = new Rows(layout, message.words);
    last = rows.value(rows.count - 1, layout.column('validation_accuracy')) ?? last;
  }
  return last;
}

test.each(['compiled.plain', 'tfjs.cpu'] as const)('%s learns it', { timeout: 30_000 }, async (engine) => {
  expect(lastAccuracy(await said(engine))).toBe(1);
});

test('a run whose table is not here ends with what to do', async () => {
  expect(await said('compiled.plain', false)).toContainEqual({
    kind: 'failed',
    text: expect.stringContaining('load its file under “Own data”') as string,
  });
});
