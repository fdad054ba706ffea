// Optimizers: plain SGD, momentum and Adam; folds the norms of the update and of the parameters on the way.
import { isNonfinite, type Machine, type Pass } from '../pass.ts';
import { countNonfinite } from './gradientNorm.ts';

export const adamBeta2 = 0.999;
export const adamEpsilon = 1e-8;

type Update = () => void;

function sgd({ arena, control, sums }: Machine): Update {
  const { parameters, gradients } = arena;
  return () => {
    const factor = control.settings.learningRate * sums.clipFactor;
    for (let k = 0; k < parameters.length; k++) {
      const before = parameters[k]!;
      const change = factor * gradients[k]!;
      sums.parameterSquares += before * before;
      sums.updateSquares += change * change;
      parameters[k] = before - change;
    }
  };
}

/** Velocity v ← μ·v + g; w ← w − rate·v. */
function momentum({ arena, control, sums }: Machine): Update {
  const { parameters, gradients, moment1 } = arena;
  return () => {
    const { learningRate, momentum: keep } = control.settings;
    for (let k = 0; k < parameters.length; k++) {
      moment1[k] = keep * moment1[k]! + sums.clipFactor * gradients[k]!;
      const before = parameters[k]!;
      const change = learningRate * moment1[k]!;
      sums.parameterSquares += before * before;
      sums.updateSquares += change * change;
      parameters[k] = before - change;
    }
  };
}

/** Adam (Kingma & Ba 2015), β₁ = the recipe's momentum, bias-corrected by the step count. */
function adam({ arena, control, sums }: Machine): Update {
  const { parameters, gradients, moment1, moment2 } = arena;
  return () => {
    const { learningRate, momentum: beta1 } = control.settings;
    const correction1 = 1 - beta1 ** (control.step + 1);
    const correction2 = 1 - adamBeta2 ** (control.step + 1);
    for (let k = 0; k < parameters.length; k++) {
      const gradient = sums.clipFactor * gradients[k]!;
      moment1[k] = beta1 * moment1[k]! + (1 - beta1) * gradient;
      moment2[k] = adamBeta2 * moment2[k]! + (1 - adamBeta2) * gradient * gradient;
      const before = parameters[k]!;
      const change =
        (learningRate * (moment1[k]! / correction1)) / (Math.sqrt(moment2[k]! / correction2) + adamEpsilon);
      sums.parameterSquares += before * before;
      sums.updateSquares += change * change;
      parameters[k] = before - change;
    }
  };
}

const updates = { sgd, momentum, adam };

export const optimizer: Pass = {
  id: 'optimizer',
  javascript: (machine) => {
    const { plan, arena, sums } = machine;
    const update = updates[plan.optimizer](machine);
    return () => {
      sums.parameterSquares = 0;
      sums.updateSquares = 0;
      update();
      // A non-finite weight comes from a non-finite update or from an overflow of the sum, so these two squares tell when to look.
      const suspicious = isNonfinite(sums.updateSquares) || isNonfinite(sums.parameterSquares);
      const overflowing = Math.max(sums.updateSquares, sums.parameterSquares) > 1e75;
      sums.nonfiniteWeights = suspicious || overflowing ? countNonfinite(arena.parameters, Infinity) : 0;
    };
  },
};
