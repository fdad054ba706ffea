// The blindfold: which signals can be hidden, and the same recipe without it.
import type { Recipe } from '../../core/recipe.ts';
import type { Settings } from '../../core/settings.ts';
import type { Intervention } from '../../core/timeline.ts';
import { coreSignals, type CoreSignal } from '../../signals/emitting.ts';

/** What is hidden unless somebody chooses otherwise. */
export const usualBlindfold: readonly string[] = ['validation_loss', 'validation_accuracy'];

/** The signals that a run with these settings has. */
export function hideable(settings: Settings): readonly CoreSignal[] {
  return coreSignals.filter((signal) => signal.applies(settings));
}

/** An entry less what it hides; none where that was all that it did. */
function unhiding(entry: Intervention): readonly Intervention[] {
  const { change } = entry;
  if (change.kind !== 'set' || change.settings.unemitted === undefined) return [entry];
  const others = Object.entries(change.settings).filter(([field]) => field !== 'unemitted');
  if (others.length === 0 && entry.rewindTo === undefined) return [];
  return [{ ...entry, change: { kind: 'set', settings: Object.fromEntries(others) } }];
}

/** The recipe of the same run with every signal emitted. */
export function withoutBlindfold(recipe: Recipe): Recipe {
  return { ...recipe, unemitted: [], timeline: recipe.timeline.flatMap(unhiding) };
}
