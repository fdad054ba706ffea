// Names of signals that a recipe hides, held against the signals that there are.
import { thereAre } from '../core/nearest.ts';
import type { Recipe, RecipeProblem } from '../core/recipe.ts';
import { signals } from './index.ts';

const ids: readonly string[] = signals.map(({ id }) => id);

function unknownIn(field: string, names: readonly string[] = []): readonly RecipeProblem[] {
  return names.flatMap((name, index) =>
    ids.includes(name)
      ? []
      : [
          {
            field: `${field}.${index}`,
            value: name,
            reason: thereAre(ids, name),
          },
        ],
  );
}

/** Every name in `unemitted`, of the recipe or of an entry of its timeline, that is no signal. */
export function unknownSignals({ unemitted, timeline }: Recipe): readonly RecipeProblem[] {
  const entries = timeline.flatMap(({ change }, index) =>
    change.kind === 'set'
      ? unknownIn(`timeline.${index}.change.settings.unemitted`, change.settings.unemitted)
      : [],
  );
  return [...unknownIn('unemitted', unemitted), ...entries];
}
