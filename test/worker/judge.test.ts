// Thresholds that move while a run goes on: what it says then is what a run says that had them from its first step.
import { describe, expect, it } from 'vitest';
import { lastGeneration, type Intervention } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Detected } from '../../src/worker/protocol.ts';
import { Training } from '../../src/worker/training.ts';
import { collect, datasetOf } from './replay.ts';

const small = { hidden: [8, 8], train: 400, validation: 600, batch: 40, checkpointEvery: 16 };
const spoilt: Intervention = {
  at: 70,
  by: 'edit',
  change: { kind: 'corrupt-batch', inputs: 8, swapped: true, steps: 1 },
};
const rewound: Intervention = { at: 78, by: 'edit', rewindTo: 64, change: { kind: 'set', settings: {} } };
/** Alarms at almost everything. */
const nervous = { 'loss-spike.warning': 1.3, 'loss-spike.jump': 1, 'overfit.ratio': 0.5, 'overfit.gap': -1 };

async function start(timeline: readonly Intervention[], thresholds: Readonly<Record<string, number>> = {}) {
  const recipe = parseRecipe({ ...small, timeline, thresholds });
  const generation = lastGeneration(timeline);
  return Training.start({ engine: plainEngine, recipe, generation, dataset: await datasetOf(recipe) });
}

/** What was raised from a step on, as `collect` tells it. */
function raised(detected: readonly Detected[], from: number) {
  return detected.flatMap(({ event, healthyCheckpoint }) =>
    event.kind === 'raised' && event.finding.at >= from ? [{ ...event.finding, healthyCheckpoint }] : [],
  );
}

describe.each([
  ['a run', [spoilt], 0],
  ['a run that was forked', [spoilt, rewound], 64],
] as const)('%s', (_, timeline, begin) => {
  it('says what one that was opened with the new thresholds says, of the steps so far and of those to come', async () => {
    const [moved, fresh] = [await start(timeline), await start(timeline, nervous)];
    const [before, wanted] = [await collect(moved, 110), await collect(fresh, 110)];
    const again = moved.judgeBy(nervous);
    expect(wanted.findings).not.toEqual(before.findings);
    expect(raised(again, begin)).toEqual(wanted.findings);
    expect(moved.recipe).toEqual(fresh.recipe);
    const [later, wantedLater] = [await collect(moved, 160), await collect(fresh, 160)];
    expect(later.findings).toEqual(wantedLater.findings);
    expect(moved.active).toEqual(fresh.active);
  });

  it('says the same as before when they go back', async () => {
    const training = await start(timeline);
    const { findings } = await collect(training, 110);
    const first = training.judgeBy({});
    training.judgeBy(nervous);
    expect(raised(first, begin)).toEqual(findings);
    expect(training.judgeBy({})).toEqual(first);
  });
});

it('a run that is forked from one whose thresholds moved has them too', async () => {
  const training = await start([spoilt]);
  await collect(training, 100);
  training.judgeBy(nervous);
  const { recipe } = await training.fork([{ kind: 'open', by: 'edit', rewindTo: 64, change: spoilt.change }]);
  expect(recipe.thresholds).toEqual(nervous);
});
