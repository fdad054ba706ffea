// Optimizers: plain SGD, momentum and Adam; folds the norms of the update and of the parameters on the way.
import { scheduledRate } from '../../../core/schedule.ts';
import { isNonfinite, type Machine, type Pass } from '../pass.ts';
import { countNonfinite } from './gradientNorm.ts';

export const adamBeta2 = 0.999;
export const adamEpsilon = 1e-8;

/** What an update takes from the parameters; with telemetry it also sums up the squares of parameters and changes. */
type Update = () => void;

/** Plain SGD: w ← w − rate·g. */
function sgd({ arena, telemetry, control, sums }: Machine): Update {
  const { parameters, gradients } = arena;
  const summing = telemetry !== 'off';
  return () => {
    const factor = scheduledRate(control.settings, control.step) * sums.clipFactor;
    let parameterSquares = 0;
    let updateSquares = 0;
    for (let k = 0; k < parameters.length; k++) {
      const before = parameters[k]!;
      const change = factor * gradients[k]!;
      if (summing) {
        parameterSquares += before * before;
        updateSquares += change * change;
      }
      parameters[k] = before - change;
    }
    sums.parameterSquares = parameterSquares;
    sums.updateSquares = updateSquares;
  };
}

/** Velocity v ← μ·v + g; w ← w − rate·v. */
function momentum({ arena, telemetry, control, sums }: Machine): Update {
  const { parameters, gradients, moment1 } = arena;
  const summing = telemetry !== 'off';
  return () => {
    const { momentum: keep } = control.settings;
    const rate = scheduledRate(control.settings, control.step);
    const { clipFactor } = sums;
    let parameterSquares = 0;
    let updateSquares = 0;
    for (let k = 0; k < parameters.length; k++) {
      moment1[k] = keep * moment1[k]! + clipFactor * gradients[k]!;
      const before = parameters[k]!;
      const change = rate * moment1[k]!;
      if (summing) {
        parameterSquares += before * before;
        updateSquares += change * change;
      }
      parameters[k] = before - change;
    }
    sums.parameterSquares = parameterSquares;
    sums.updateSquares = updateSquares;
  };
}

/** Adam (Kingma & Ba 2015), β₁ = the recipe's momentum, bias-corrected by the step count. */
function adam({ arena, telemetry, control, sums }: Machine): Update {
  const { parameters, gradients, moment1, moment2 } = arena;
  const summing = telemetry !== 'off';
  return () => {
    const { momentum: beta1 } = control.settings;
    const rate = scheduledRate(control.settings, control.step);
    const { clipFactor } = sums;
    const correction1 = 1 - beta1 ** (control.step + 1);
    const correction2 = 1 - adamBeta2 ** (control.step + 1);
    let parameterSquares = 0;
    let updateSquares = 0;
    for (let k = 0; k < parameters.length; k++) {
      const gradient = clipFactor * gradients[k]!;
      moment1[k] = beta1 * moment1[k]! + (1 - beta1) * gradient;
      moment2[k] = adamBeta2 * moment2[k]! + (1 - adamBeta2) * gradient * gradient;
      const before = parameters[k]!;
      const change =
        (rate * (moment1[k]! / correction1)) / (Math.sqrt(moment2[k]! / correction2) + adamEpsilon);
      if (summing) {
        parameterSquares += before * before;
        updateSquares += change * change;
      }
      parameters[k] = before - change;
    }
    sums.parameterSquares = parameterSquares;
    sums.updateSquares = updateSquares;
  };
}

const updates = { sgd, momentum, adam };

export const optimizer: Pass = {
  id: 'optimizer',
  javascript: (machine) => {
    const { plan, arena, telemetry, sums } = machine;
    const update = updates[plan.optimizer](machine);
    return () => {
      update();
      if (telemetry === 'off') return;
      // A non-finite weight comes from a non-finite update or from an overflow of the sum, so these two squares tell when to look.
      const suspicious = isNonfinite(sums.updateSquares) || isNonfinite(sums.parameterSquares);
      const overflowing = Math.max(sums.updateSquares, sums.parameterSquares) > 1e75;
      sums.nonfiniteWeights = suspicious || overflowing ? countNonfinite(arena.parameters, Infinity) : 0;
    };
  },
};
