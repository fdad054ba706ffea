// What an entry of a timeline can be the cause of, read from the entry alone: which truths apply to a run from outside.
import type { Change } from '../../../core/change.ts';
import type { Recipe } from '../../../core/recipe.ts';
import type { Settings, SettingsChange } from '../../../core/settings.ts';

/** What a change sets; nothing where it sets nothing. */
export function settingsOf(change: Change): SettingsChange {
  return change.kind === 'set' ? change.settings : {};
}

/** How many times the rate it makes: of the rate in force, or of the recipe's own. */
export function rateFactor(change: Change, { learningRate }: Recipe): number {
  if (change.kind === 'scale-rate') return change.factor;
  const rate = settingsOf(change).learningRate;
  return rate === undefined ? 1 : rate / learningRate;
}

/** Some network of this run, at some step, has one of these activations. */
export function hasActivation(recipe: Recipe, ...activations: readonly Settings['activation'][]): boolean {
  const all = [recipe.activation, ...recipe.timeline.map(({ change }) => settingsOf(change).activation)];
  return all.some((activation) => activation !== undefined && activations.includes(activation));
}
