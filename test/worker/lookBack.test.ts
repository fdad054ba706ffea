// Looking back shows the network exactly as it stood at that step, and the run notices nothing of it.
import { describe, expect, it } from 'vitest';
import { lastGeneration } from '../../src/core/timeline.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import { LookBack } from '../../src/worker/lookBack.ts';
import { makePicture } from '../../src/worker/picture.ts';
import type { FromWorker, Picture } from '../../src/worker/protocol.ts';
import { SealedFigure } from '../../src/worker/sealedFigure.ts';
import { Training } from '../../src/worker/training.ts';
import { datasetOf } from './replay.ts';

const small = {
  hidden: [6, 5],
  train: 200,
  validation: 60,
  batch: 20,
  checkpointEvery: 16,
  validateEvery: 10,
};
const last = 100;
/** In this order: forward, backward, across checkpoints and forks. */
const lookedAt = [99, 98, 17, 16, 33, 34, 77, 3, 60, 57, 100];

const timelines = {
  'nothing pressed': [],
  'an activation and batch norm changed': [
    { at: 37, by: 'edit', change: { kind: 'set', settings: { activation: 'tanh' } } },
    { at: 64, by: 'edit', change: { kind: 'set', settings: { batchNorm: true } } },
  ],
  'data starved, then given back by a rewind': [
    { at: 40, by: 'starve', change: { kind: 'set', settings: { keep: 24, mislabelled: 4 } } },
    {
      at: 75,
      by: 'give-data-back',
      rewindTo: 32,
      change: { kind: 'set', settings: { keep: 0, mislabelled: 0 } },
    },
  ],
  'layer 1 drawn anew from here, and again after a rewind': [
    {
      at: 40,
      by: 'reinitialise-dead',
      rewindTo: 40,
      change: { kind: 'reinitialise' },
    },
    { at: 75, by: 'edit', rewindTo: 56, change: { kind: 'set', settings: { learningRate: 0.01 } } },
  ],
} as const;

/** All that a picture shows of the weights, bit by bit: as text, which is compared at once. */
function bytes({ surface, tiles }: Picture): string {
  const all = [
    surface,
    ...tiles.flatMap(({ values, inputRange, gradient }) => [values, inputRange, gradient]),
  ];
  return all.map((part) => (part ? Buffer.from(part.buffer).toString('base64') : 'none')).join(' ');
}

/** Trains the last run of the timeline as a page would: through every fork; pictures of each step on the way, by step of the lineage. */
async function trained(recipe: ReturnType<typeof parseRecipe>) {
  const dataset = await datasetOf(recipe);
  const pictures = new Map<number, Picture>();
  const generations = lastGeneration(recipe.timeline);
  let training = await Training.start({ engine: plainEngine, recipe, generation: 0, dataset });
  for (let generation = 0; generation <= generations; generation++) {
    for (;;) {
      if (training.hasStepped && lookedAt.includes(training.step))
        pictures.set(training.step, await makePicture(training, { gradients: true }));
      if (generation === generations && training.step >= last) return { training, pictures };
      const { fork } = await training.advance(1, 1);
      if (!fork) continue;
      const { inheritance } = fork;
      training = await Training.start({
        engine: plainEngine,
        recipe,
        generation: generation + 1,
        dataset,
        inheritance,
      });
      for (const step of pictures.keys()) if (step > inheritance.step) pictures.delete(step);
      break;
    }
  }
  return { training, pictures };
}

function lookingBack(training: Training) {
  const told: FromWorker[] = [];
  const lookBack = new LookBack((message) => told.push(message), training, new SealedFigure());
  return async (step: number): Promise<Picture> => {
    lookBack.ask(step);
    await lookBack.answer(plainEngine, true);
    const answer = told.at(-1);
    if (answer?.kind !== 'past') throw new Error(JSON.stringify(answer));
    return answer.picture;
  };
}

describe('looking back', () => {
  it.each(Object.keys(timelines) as (keyof typeof timelines)[])(
    'shows every step as it was, in any order, with %s',
    async (name) => {
      const recipe = parseRecipe({ ...small, timeline: timelines[name] });
      const { training, pictures } = await trained(recipe);
      const look = lookingBack(training);
      const rows = (await training.program.rows('all')).length;
      for (const step of lookedAt) {
        const seen = await look(step);
        const was = pictures.get(step)!;
        expect([seen.step, was.step]).toEqual([step, step]);
        expect(seen.training).toEqual(was.training);
        expect(bytes(seen)).toBe(bytes(was));
      }
      expect([training.step, (await training.program.rows('all')).length]).toEqual([last, rows]);
    },
  );

  it('answers the last step that was asked for, once', async () => {
    const recipe = parseRecipe(small);
    const { training } = await trained(recipe);
    const told: FromWorker[] = [];
    const lookBack = new LookBack((message) => told.push(message), training, new SealedFigure());
    expect([lookBack.ask(10), lookBack.ask(11), lookBack.ask(12)]).toEqual([true, false, false]);
    await lookBack.answer(plainEngine, false);
    expect(told.map((message) => message.kind === 'past' && message.picture.step)).toEqual([12]);
    expect(lookBack.ask(null)).toBe(true);
    await lookBack.answer(plainEngine, false);
    expect(told).toHaveLength(1);
  });
});

it('the gradient of a neuron is that of its incoming weights and bias, and 0 where it is dead', async () => {
  const kill = { kind: 'push-biases', layer: 1, units: 3, perStep: -2, steps: 10 };
  const recipe = parseRecipe({ ...small, timeline: [{ at: 5, by: 'kill-relus', change: kill }] });
  const dataset = await datasetOf(recipe);
  const training = await Training.start({ engine: plainEngine, recipe, generation: 0, dataset });
  expect((await makePicture(training, { gradients: true })).tiles[0]!.gradient).toBe(null);
  while (training.step < 60) await training.advance(60, 20);
  const { tiles } = await makePicture(training, { gradients: true });
  const { gradients } = await training.program.detail('per-weight');
  const [weights, biases] = [gradients.subarray(0, 12), gradients.subarray(12, 18)];
  const expected = Array.from({ length: 6 }, (_, unit) =>
    Math.hypot(weights[2 * unit]!, weights[2 * unit + 1]!, biases[unit]!),
  );
  expect([...tiles[0]!.gradient!]).toEqual(expected.map(Math.fround));
  expect([...tiles[0]!.dead].filter((dead) => dead === 1).length).toBeGreaterThanOrEqual(3);
  tiles[0]!.dead.forEach((dead, unit) => expect(dead === 1 && tiles[0]!.gradient![unit] !== 0).toBe(false));
  expect(Math.max(...tiles[1]!.gradient!)).toBeGreaterThan(0);
});
