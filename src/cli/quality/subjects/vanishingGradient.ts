// Vanishing gradient: sigmoids in a network that is too deep for them.
import { net } from '../nets.ts';
import type { Draw } from '../draw.ts';
import type { Trial } from '../trial.ts';
import { truthFrom } from '../truth.ts';
import { settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const steps = 800;
/** The loss at the end against the twin's: as far apart as for a spike. */
const factor = 1.5;
const least = 0.2;
/** Hidden layers from which on a sigmoid network is deep. */
const deep = 3;

function deepSigmoid(draw: Draw, layers: number): Omit<Trial, 'label'> {
  const width = draw.pick([8, 12, 16]);
  const entry = fault(0, 'sigmoid', { kind: 'set', settings: { activation: 'sigmoid' } });
  const recipe = net(draw, { activation: 'relu', hidden: Array<number>(layers).fill(width) });
  return { recipe: withTimeline(recipe, entry), at: 0, steps };
}

const kinds: readonly Kind[] = [
  { label: 'sigmoid, 4 layers', weight: 3, make: (draw) => deepSigmoid(draw, 4) },
  { label: 'sigmoid, 5 layers', weight: 3, make: (draw) => deepSigmoid(draw, 5) },
  { label: 'sigmoid, 6 layers', weight: 3, make: (draw) => deepSigmoid(draw, 6) },
];

export const vanishingGradient = {
  id: 'vanishing-gradient',
  trials: 195,
  kinds,
  concerns: (change, { hidden }) => hidden.length >= deep && settingsOf(change).activation === 'sigmoid',
  /** At the end the loss over the training set is above 1.5× that of the twin, which has ReLUs, and by more than 0.2. */
  truth: (trial) =>
    truthFrom(
      trial,
      [Math.min(trial.steps, trial.at + steps)],
      (glass) => glass.trainLoss(),
      ([run = NaN], [twin = NaN]) => (run > Math.max(factor * twin, twin + least) ? 'effective' : 'none'),
    ),
  judgesControls: false,
} as const satisfies Subject;
