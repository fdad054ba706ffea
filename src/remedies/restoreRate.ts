// The recipe's own learning rate, where another is in force: from the last healthy checkpoint.
import { rateIsRaised, type Remedy, type RemedyContext } from './remedy.ts';

function isLowered({ recipe, settings }: RemedyContext): boolean {
  return settings.learningRate < recipe.learningRate / 1.5;
}

export const restoreRate = {
  id: 'restore-rate',
  title: ({ recipe }) => `learning rate back to ${recipe.learningRate}`,
  starts: 'rewind',
  answers: { stalled: 1, saturation: 3, 'vanishing-gradient': 3, 'exploding-gradient': 4 },
  why: 'Until then that rate worked: its updates are neither too short to learn by nor too long for the slope.',
  limits: () => 'The rewind undoes what the other rate has done, not the rate alone.',
  offered: (context) => isLowered(context) || rateIsRaised(context),
  change: ({ recipe }) => ({ kind: 'set', settings: { learningRate: recipe.learningRate } }),
} as const satisfies Remedy;
