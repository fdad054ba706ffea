// Pushes biases of chosen units, as the timeline says: a state fault.
import { permuted } from '../../../core/permutation.ts';
import { streams } from '../../../core/random.ts';
import type { TimedPush } from '../../../core/stateFaults.ts';
import type { Pass } from '../pass.ts';

/** Units that a push hits: the start of a permutation keyed by the seed, so that survivors stand anywhere. */
export function pushedUnits(
  push: Pick<TimedPush, 'units' | 'layer'>,
  width: number,
  seed: number,
): readonly number[] {
  return Array.from({ length: Math.min(push.units, width) }, (_, place) =>
    permuted(place, width, seed, streams.fault, push.layer),
  );
}

export const pushBiases: Pass = {
  id: 'push-biases',
  javascript: ({ recipe, plan, arena, control }) => {
    const pushOnce = (push: TimedPush): void => {
      const width = plan.layers[push.layer - 1]?.outputs ?? 0;
      const biases = arena.region(`biases.${push.layer}`);
      for (const unit of pushedUnits(push, width, recipe.seed)) biases[unit] = biases[unit]! + push.perStep;
    };
    return () => {
      for (const push of control.pushes) {
        if (control.step >= push.fromStep && control.step < push.fromStep + push.steps) pushOnce(push);
      }
    };
  },
};
