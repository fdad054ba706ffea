// A choice of signals against faults: what is hidden, and that it is the detectors that say what is caught.
import { expect, test } from 'vitest';
import { choiceTrials, choiceViews } from '../../../src/app/state/choiceTrials.ts';
import type { Tried } from '../../../src/app/state/trials.svelte.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { loadLesson } from '../../../src/lessons/index.ts';
import { unknownSignals } from '../../../src/signals/unknownSignals.ts';
import { replay } from '../../worker/replay.ts';

const choice = (await loadLesson('over-instrumentation'))!.choice!;
const six = [
  'loss',
  'gradient_norm',
  'validation_loss',
  'dead_neuron_ratio',
  'input_kl_divergence',
  'telemetry_series',
];

/** Trains what the page would train, and keeps what came of it. */
async function tried(chosen: readonly string[], ids: readonly string[] = choice.against) {
  const trials = choiceTrials(choice, chosen).filter(({ id }) => ids.includes(id));
  const done: Record<string, Tried> = {};
  for (const { id, recipe, until } of trials) {
    const { rows, findings } = await replay(recipe, until);
    const alerts = findings.map((finding) => ({
      finding,
      raisedAt: finding.at,
      resolvedAt: undefined,
      healthyCheckpoint: 0,
    }));
    done[id] = { rows, alerts };
  }
  return choiceViews(choice, chosen, done);
}

test('what is not chosen is hidden in recipes that can be trained', () => {
  for (const { recipe } of choiceTrials(choice, six)) {
    expect(parseRecipe(recipe)).toEqual(recipe);
    expect(unknownSignals(recipe)).toEqual([]);
    expect(recipe.unemitted).toContain('accuracy');
    for (const id of six) expect(recipe.unemitted).not.toContain(id);
  }
});

test('six signals catch all five faults', { timeout: 60_000 }, async () => {
  const views = await tried(six);
  expect(views.filter(({ caughtAt }) => caughtAt === undefined).map(({ title }) => title)).toEqual([]);
  for (const { at, caughtAt = 0 } of views) expect(caughtAt).toBeGreaterThanOrEqual(at);
});

test('without dead_neuron_ratio dead neurons are not seen, and it says what was missing', async () => {
  const others = six.filter((id) => id !== 'dead_neuron_ratio');
  const dead = (await tried(others, ['dead-relu'])).find(({ id }) => id === 'dead-relu')!;
  expect(dead).toMatchObject({ caughtAt: undefined, isDone: true, missing: ['dead_neuron_ratio'] });
});
