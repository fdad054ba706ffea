// Not a number: rates and initial weights so large that numbers overflow.
import type { Draw } from '../draw.ts';
import { net } from '../nets.ts';
import type { Trial } from '../trial.ts';
import { truthFrom } from '../truth.ts';
import { rateFactor, settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const after = 200;

/** Activations that go on growing; a ReLU network that is thrown far enough is dead, and its numbers stay finite. */
function recipeOf(draw: Draw) {
  const activation = draw.pick(['relu', 'leaky-relu', 'linear', 'leaky-relu'] as const);
  const optimizers = draw.pick([['sgd'], ['sgd', 'momentum', 'adam']] as const);
  const recipe = net(draw, { activation, optimizers: [...optimizers] });
  return draw.chance(0.6) ? { ...recipe, loss: 'squared-error' as const } : recipe;
}

function thrown(draw: Draw, factor: number): Omit<Trial, 'label'> {
  const at = draw.whole(100, 600);
  const entry = fault(at, 'raise-rate', { kind: 'scale-rate', factor });
  return { recipe: withTimeline(recipeOf(draw), entry), at, steps: at + after };
}

function fromTheStart(draw: Draw): Omit<Trial, 'label'> {
  const settings = { initialScale: draw.pick([30, 100]), learningRate: draw.pick([1, 10, 100]) };
  const entry = fault(0, 'bad-initial-scale', { kind: 'set', settings });
  return { recipe: withTimeline(recipeOf(draw), entry), at: 0, steps: after };
}

function hugeBatch(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(100, 600);
  const change = { kind: 'corrupt-batch', inputs: 1000, swapped: true, steps: 5 } as const;
  return { recipe: withTimeline(recipeOf(draw), fault(at, 'bad-batch', change)), at, steps: at + after };
}

const kinds: readonly Kind[] = [
  { label: 'rate ×1,000', weight: 2, make: (draw) => thrown(draw, 1e3) },
  { label: 'rate ×10,000', weight: 3, make: (draw) => thrown(draw, 1e4) },
  { label: 'rate ×1,000,000', weight: 3, make: (draw) => thrown(draw, 1e6) },
  { label: 'initial weights ×30 or ×100 and a high rate', weight: 3, make: fromTheStart },
  { label: 'five batches of inputs × 1,000', weight: 1, make: hugeBatch },
];

export const nonfinite = {
  id: 'nonfinite',
  trials: 240,
  kinds,
  concerns: (change, recipe) =>
    rateFactor(change, recipe) >= 1000 ||
    (settingsOf(change).initialScale ?? 1) >= 30 ||
    (change.kind === 'corrupt-batch' && Math.abs(change.inputs) >= 300),
  /** A weight, an optimizer moment or the loss over the training set is not finite within 200 steps, and the twin's all are. */
  truth: (trial) =>
    truthFrom(
      trial,
      [20, 100, after].map((later) => Math.min(trial.steps, trial.at + later)),
      (glass) => glass.isFinite(),
      (run, twin) => (run.includes(false) && !twin.includes(false) ? 'effective' : 'none'),
    ),
  judgesControls: false,
} as const satisfies Subject;
