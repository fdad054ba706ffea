// A learning rate that is worth the name, from the last healthy checkpoint: nothing was learned since.
import { rateIsRaised, type Remedy, type RemedyContext } from './remedy.ts';

const factor = 10;

/** Whether the rate in force is clearly below the recipe's own. */
function isLowered({ recipe, settings }: RemedyContext): boolean {
  return settings.learningRate < recipe.learningRate / 1.5;
}

export const restoreRate = {
  id: 'restore-rate',
  title: (context) =>
    isLowered(context) ? `learning rate back to ${context.recipe.learningRate}` : `learning rate × ${factor}`,
  starts: 'rewind',
  answers: { stalled: 1 },
  why: 'Updates of a useful length cover in a step what the small ones took thousands for.',
  limits: () =>
    'Only where the rate is the cause: dead, saturated or blind layers learn no faster at any rate.',
  offered: (context) => isLowered(context) || (context.settings.learningRate > 0 && !rateIsRaised(context)),
  change: (context) =>
    isLowered(context)
      ? { kind: 'set', settings: { learningRate: context.recipe.learningRate } }
      : { kind: 'scale-rate', factor },
} as const satisfies Remedy;
