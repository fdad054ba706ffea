// Pushes biases of chosen units, as the timeline says: a state fault.
import { pushedUnits, type TimedPush } from '../../../core/stateFaults.ts';
import type { Pass } from '../pass.ts';

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
