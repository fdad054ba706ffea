// The same run at another telemetry level, from step 0 on.
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import type { Intervention } from '../core/timeline.ts';

/** What an entry does beside setting the level. */
function withoutLevel(entry: Intervention): Intervention {
  if (entry.change.kind !== 'set') return entry;
  const settings = Object.fromEntries(
    Object.entries(entry.change.settings).filter(([field]) => field !== 'telemetry'),
  );
  return { ...entry, change: { kind: 'set', settings } };
}

/** Up to the first entry that opens another run. */
export function atLevel(recipe: Recipe, telemetry: Settings['telemetry']): Recipe {
  const first = recipe.timeline.findIndex(({ rewindTo }) => rewindTo !== undefined);
  const own = first < 0 ? recipe.timeline : recipe.timeline.slice(0, first);
  return { ...recipe, telemetry, timeline: own.map(withoutLevel) };
}
