// The weights that a run's faults moved by hand: the truth by which a press on the wall is judged.
import { biasPushes, pushedUnits } from '../../core/stateFaults.ts';
import { parameterPlaces } from '../../signals/parameters.ts';
import { settingsNow } from './chapter.ts';
import { shapeOf } from './networkShape.ts';
import type { Run } from './run.svelte.ts';

/** Numbers of the biases that pushes of this run have reached. */
export function pushedParameters({
  recipe,
  ready,
  position,
}: Pick<Run, 'recipe' | 'ready' | 'position'>): ReadonlySet<number> {
  if (!ready) return new Set();
  const pushed = biasPushes(recipe.timeline, position.generation)
    .filter(({ fromStep }) => fromStep < position.step)
    .flatMap((push) =>
      pushedUnits(push, recipe.hidden[push.layer - 1] ?? 0, recipe.seed).map(
        (unit) => `${push.layer}.${unit}`,
      ),
    );
  const places = parameterPlaces(shapeOf(recipe, ready), settingsNow(position).batchNorm);
  return new Set(
    places.flatMap(({ kind, layer, unit }, index) =>
      kind === 'bias' && pushed.includes(`${layer}.${unit}`) ? [index] : [],
    ),
  );
}
