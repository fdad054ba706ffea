// A short story to draw: a small network that loses its units, and is repaired.
import { loadDataset, parseRecipe } from '../../src/data/index.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { Scene } from '../../src/figures/scene.ts';
import { trainTimeline } from '../../src/cli/reproduce/train.ts';
import { smallRecipe } from '../cli/reproduction.ts';
import { prepared } from '../data/load.ts';

export async function smallScene(title = 'Dead ReLU'): Promise<Scene> {
  const recipe = parseRecipe(smallRecipe);
  const workshop = {
    engine: plainEngine,
    dataset: await loadDataset(recipe, prepared),
    progress: () => undefined,
    signal: new AbortController().signal,
  };
  const runs = await trainTimeline(recipe, 96, workshop);
  const context = { recipe, inputs: 2 };
  return { title, story: '', runs, twin: undefined, detectors: ['dead-neurons'], context };
}
