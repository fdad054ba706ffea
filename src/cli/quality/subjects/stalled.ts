// Stalled: steps too small to learn by, and weights that have nothing to learn with.
import type { Draw } from '../draw.ts';
import { net, type NetWishes } from '../nets.ts';
import type { SettingsChange } from '../../../core/settings.ts';
import type { Trial } from '../trial.ts';
import { truthFrom } from '../truth.ts';
import { rateFactor, settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const after = 600;
/** The run's loss has fallen by less than this share of what the twin's has. */
const share = 0.1;
/** The twin's own loss has fallen by at least this share. */
const learned = 0.3;

function stalled(
  draw: Draw,
  settings: (rate: number) => SettingsChange,
  wishes: NetWishes = {},
): Omit<Trial, 'label'> {
  const recipe = net(draw, wishes);
  const entry = fault(0, 'edit', { kind: 'set', settings: settings(recipe.learningRate) });
  return { recipe: withTimeline(recipe, entry), at: 0, steps: after };
}

const kinds: readonly Kind[] = [
  {
    label: 'rate 0 from the start',
    weight: 2,
    make: (draw) => stalled(draw, () => ({ learningRate: 0 })),
  },
  {
    label: 'rate ÷1,000 or less from the start',
    weight: 4,
    make: (draw) => {
      const divisor = draw.pick([1e3, 1e4, 1e5]);
      return stalled(draw, (rate) => ({ learningRate: rate / divisor }));
    },
  },
  {
    label: 'initial weights near 0',
    weight: 3,
    make: (draw) => stalled(draw, () => ({ initialScale: 1e-3, initialBias: 0 }), { optimizers: ['sgd'] }),
  },
];

export const stalledTraining = {
  id: 'stalled',
  trials: 220,
  kinds,
  concerns: (change, recipe) =>
    rateFactor(change, recipe) <= 0.05 || (settingsOf(change).initialScale ?? 1) <= 0.01,
  /** 600 steps after the fault the loss over the training set has fallen by less than a tenth of what the twin's has since step 0. */
  truth: (trial) =>
    truthFrom(
      trial,
      [0, Math.min(trial.steps, trial.at + after)],
      (glass) => glass.trainLoss(),
      ([begin = NaN, end = NaN], [, twinEnd = NaN]) => {
        const twinFall = begin - twinEnd;
        return twinFall >= learned * begin && begin - end < share * twinFall ? 'effective' : 'none';
      },
    ),
  judgesControls: false,
} as const satisfies Subject;
