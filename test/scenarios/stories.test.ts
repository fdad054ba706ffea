// Every scenario with something wrong, once, on its own seed: what it says happens, its detectors fire, and no other does.
import { describe, expect, test } from 'vitest';
import { productionAt } from '../../src/core/stateFaults.ts';
import { productionSamples } from '../../src/data/production.ts';
import { loadLesson } from '../../src/lessons/index.ts';
import { outcomeIn, wreckOf } from '../../src/lessons/short/broken.ts';
import { shortLessonId } from '../../src/lessons/short/shortLessonId.ts';
import { scenarioOf, scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { factsOf, repairedBy } from '../lessons/repaired.ts';
import { datasetOf, replay, type Replay } from '../worker/replay.ts';

const broken = (scenarios as readonly Scenario[]).filter(({ recipe }) => recipe.timeline.length > 0);
const told = new Map<string, Promise<Replay>>();

/** Trained once, whoever asks. */
function runOf(id: string): Promise<Replay> {
  const scenario = scenarioOf(id);
  if (!scenario) throw new Error(`scenario “${id}” is not in the list`);
  const found = told.get(id) ?? replay(scenario.recipe, scenario.steps);
  told.set(id, found);
  return found;
}

describe.each(broken)('$id', ({ id, expected, may = [] }) => {
  test('fires what it expects, and nothing that it does not allow', { timeout: 60_000 }, async () => {
    const { findings } = await runOf(id);
    const fired = findings.filter(({ severity }) => severity === 'firing').map(({ detector }) => detector);
    const allowed: readonly string[] = [...expected, ...may];
    expect(fired).toEqual(expect.arrayContaining([...expected]));
    expect(fired.filter((detector) => !allowed.includes(detector))).toEqual([]);
  });

  test('is as its short lesson says, and the remedy makes it better', { timeout: 60_000 }, async () => {
    const run = await runOf(id);
    const broken = factsOf(run);
    const rehearsed = { ...broken, lane: () => broken, opened: () => broken };
    const lesson = (await loadLesson(shortLessonId({ id })))!;
    expect(lesson.expect.filter(({ holds }) => !holds(rehearsed)).map(({ words }) => words)).toEqual([]);
    const wreck = wreckOf(scenarioOf(id)!)!;
    const outcome = outcomeIn(wreck, factsOf(await repairedBy(wreck, run)), broken);
    expect(outcome, outcome.happened).toMatchObject({ isBetter: true });
    // Against itself nothing is better: the measure can tell.
    expect(outcomeIn(wreck, { ...broken, begin: wreck.last.at }, broken).isBetter).toBe(false);
  });
});

const share = 2000;

/** Share of answers to users that are right at the end of a run. */
async function rightInProduction({ training }: Replay): Promise<number> {
  const { recipe, program, step } = training;
  const production = productionAt(recipe.timeline, 0, step - 1);
  const dataset = await datasetOf(recipe);
  const { inputs, labels } = productionSamples(dataset, recipe.seed, production, 1 << 20, share);
  const { outputs } = await program.evaluate({ inputs });
  const classes = outputs.length / share;
  let right = 0;
  for (let k = 0; k < share; k++) {
    const answers = [...outputs.subarray(k * classes, (k + 1) * classes)];
    if (answers.indexOf(Math.max(...answers)) === labels[k]) right++;
  }
  return right / share;
}

const validation = (run: Replay, step: number): number => run.value('validation_accuracy', step);

function lowest(run: Replay, from: number, to: number): number {
  let least = Infinity;
  for (let step = from; step < to; step++) least = Math.min(least, validation(run, step));
  return least;
}

describe('the story of', { timeout: 60_000 }, () => {
  test('“it worked for 500 steps”: learned, quiet for hundreds of steps, then a jump that is seen coming', async () => {
    const run = await runOf('loss-spike');
    const firing = run.findings.find(({ severity }) => severity === 'firing')!;
    const warning = run.findings.find(({ severity }) => severity === 'warning')!;
    expect(firing.at).toBeGreaterThan(400);
    expect(firing.at).toBeLessThan(600);
    expect(warning.at).toBeLessThan(firing.at);
    expect(validation(run, 400)).toBeGreaterThan(0.98);
    expect(run.value('loss', firing.at)).toBeGreaterThan(5 * run.mean('loss', 400, 450));
  });

  test.each(['rate-raised', 'bad-batch'])('%s: most of it is lost, and found again', async (id) => {
    const run = await runOf(id);
    expect(validation(run, 390)).toBeGreaterThan(0.88);
    expect(lowest(run, 400, 420)).toBeLessThan(0.7);
    expect(validation(run, 599)).toBeGreaterThan(0.88);
  });

  test('dead-relu: accuracy falls and stays down; dead-few: it does not', async () => {
    const [most, few] = [await runOf('dead-relu'), await runOf('dead-few')];
    expect(most.value('dead_neuron_ratio', 799, 1)).toBeCloseTo(14 / 16);
    expect(validation(most, 799)).toBeLessThan(0.83);
    expect(few.value('dead_neuron_ratio', 799, 1)).toBeCloseTo(4 / 16);
    expect(validation(few, 799)).toBeGreaterThan(0.89);
  });

  test('rate-shock: every answer is the same in the end', async () => {
    const run = await runOf('rate-shock');
    expect(validation(run, 599)).toBeCloseTo(0.5, 1);
    expect(run.value('dead_neuron_ratio', 599, 2)).toBeGreaterThan(0.8);
  });

  test.each([
    ['overfit-little-data', 1199],
    ['overfit-label-noise', 999],
    ['digits-little-data', 299],
    ['digits-label-noise', 299],
  ])('%s: training becomes nearly perfect, validation does not', async (id, end) => {
    const run = await runOf(id);
    expect(run.mean('accuracy', end - 50, end)).toBeGreaterThan(0.93);
    expect(run.mean('accuracy', end - 50, end) - validation(run, end)).toBeGreaterThan(0.08);
  });

  test.each([
    ['validation-misleads', 0.75],
    ['input-drift', 0.7],
    ['digits-input-drift', 0.5],
  ])('%s: validation is as good as ever, answers to users are not', async (id, most) => {
    const run = await runOf(id);
    const last = run.rows.count - 1;
    expect(validation(run, last)).toBeGreaterThan(0.85);
    expect(await rightInProduction(run)).toBeLessThan(most);
  });

  test('XOR: turned, every answer is wrong and KL on its floor; scaled, none is and KL is not', async () => {
    const [turned, scaled] = [await runOf('xor-rotated'), await runOf('xor-scaled')];
    expect(await rightInProduction(turned)).toBeLessThan(0.05);
    expect(turned.value('input_kl_divergence', 899)).toBeLessThan(0.05);
    expect(await rightInProduction(scaled)).toBeGreaterThan(0.95);
    expect(scaled.value('input_kl_divergence', 899)).toBeGreaterThan(0.3);
  });

  test('validation-hidden: the network gets worse, and overfitting is not told', async () => {
    const run = await runOf('validation-hidden');
    expect(run.told.join()).not.toContain('overfit');
    expect(run.mean('accuracy', 1500, 1600)).toBeGreaterThan(0.93);
    expect(await rightInProduction(run)).toBeLessThan(0.85);
  });

  test('vanishing-gradient and stalled: nothing is learned; nonfinite: nothing is left', async () => {
    for (const id of ['vanishing-gradient', 'stalled']) {
      const run = await runOf(id);
      const last = run.rows.count;
      expect(run.mean('loss', last - 50, last)).toBeGreaterThan(0.9 * run.mean('loss', 0, 10));
    }
    expect((await runOf('nonfinite')).value('loss', 499)).toBeNaN();
  });

  test('exploding-gradient and saturated-tanh: slow, for what the start has spoilt', async () => {
    const exploding = await runOf('exploding-gradient');
    expect(exploding.value('loss', 0)).toBeGreaterThan(5);
    const saturated = await runOf('saturated-tanh');
    expect(saturated.value('saturation_ratio', 399, 2)).toBeGreaterThan(0.5);
    expect(validation(saturated, 399)).toBeLessThan(0.9);
  });
});
