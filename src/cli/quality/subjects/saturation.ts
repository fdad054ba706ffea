// Saturation: weights, biases or steps so large that tanh and sigmoid units sit at their bounds.
import { activationBounds } from '../glass.ts';
import type { Draw } from '../draw.ts';
import { net, type NetWishes } from '../nets.ts';
import type { Change } from '../../../core/change.ts';
import type { Trial } from '../trial.ts';
import { truthFrom } from '../truth.ts';
import { hasActivation, rateFactor, settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const after = 300;
/** Looks after the fault: what lasts is meant, not a moment. */
const laterLooks = [100, 200, 300] as const;
const share = 0.5;
/** Beyond the twin's. */
const more = 0.25;

const bounded = (draw: Draw): NetWishes => ({ activation: draw.pick(['tanh', 'tanh', 'sigmoid']) });

function fromTheStart(
  draw: Draw,
  settings: Extract<Change, { kind: 'set' }>['settings'],
): Omit<Trial, 'label'> {
  const entry = fault(0, 'bad-initial-scale', { kind: 'set', settings });
  return { recipe: withTimeline(net(draw, bounded(draw)), entry), at: 0, steps: after };
}

function thrown(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(100, 600);
  const entry = fault(at, 'raise-rate', { kind: 'scale-rate', factor: draw.pick([100, 300]) });
  return { recipe: withTimeline(net(draw, bounded(draw)), entry), at, steps: at + after };
}

const kinds: readonly Kind[] = [
  {
    label: 'initial weights ×5 to ×10',
    weight: 3,
    make: (draw) => fromTheStart(draw, { initialScale: 5 + 5 * draw.share() }),
  },
  {
    label: 'initial weights ×10 to ×50',
    weight: 4,
    make: (draw) => fromTheStart(draw, { initialScale: 10 + 40 * draw.share() }),
  },
  {
    label: 'biases start at 4 to 8',
    weight: 2,
    make: (draw) => fromTheStart(draw, { initialBias: 4 + 4 * draw.share() }),
  },
  { label: 'rate ×100 or ×300', weight: 3, make: thrown },
];

type Shares = readonly number[];

export const saturation = {
  id: 'saturation',
  trials: 210,
  kinds,
  concerns: (change, recipe) =>
    hasActivation(recipe, 'tanh', 'sigmoid') &&
    (rateFactor(change, recipe) >= 30 ||
      (settingsOf(change).initialScale ?? 1) >= 3 ||
      Math.abs(settingsOf(change).initialBias ?? 0) >= 3),
  /**
   * At all looks at least half of some layer's outputs over the training set lie within 1 % of their bounds, and by a quarter of all more
   * than the twin's.
   */
  truth: (trial) =>
    truthFrom<Shares>(
      trial,
      laterLooks.map((later) => Math.min(trial.steps, trial.at + later)),
      (glass) => glass.outside(...activationBounds(trial.recipe.activation)),
      (run, twin) => {
        const layers = run[0]?.map((_, layer) => layer) ?? [];
        const isSaturated = (layer: number): boolean =>
          run.every((shares, k) => {
            const found = shares[layer] ?? 0;
            return found >= share && found >= (twin[k]?.[layer] ?? 0) + more;
          });
        return layers.some(isSaturated) ? 'effective' : 'none';
      },
    ),
  judgesControls: false,
} as const satisfies Subject;
