// Exploding gradient: initial weights so large that every layer multiplies what comes through it.
import { net, type NetWishes } from '../nets.ts';
import type { Draw } from '../draw.ts';
import type { Trial } from '../trial.ts';
import { truthFrom } from '../truth.ts';
import { settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const steps = 100;
/** The first loss, as a multiple of the twin's. */
const factor = 10;

function scaled(draw: Draw, initialScale: number, wishes: NetWishes): Omit<Trial, 'label'> {
  const entry = fault(0, 'bad-initial-scale', { kind: 'set', settings: { initialScale } });
  return { recipe: withTimeline(net(draw, wishes), entry), at: 0, steps };
}

const rectified = (draw: Draw): NetWishes => ({ activation: draw.pick(['relu', 'relu', 'leaky-relu']) });

const kinds: readonly Kind[] = [
  {
    label: 'initial weights ×3 to ×6',
    weight: 4,
    make: (draw) => scaled(draw, 3 + 3 * draw.share(), rectified(draw)),
  },
  {
    label: 'initial weights ×6 to ×30',
    weight: 4,
    make: (draw) => scaled(draw, 6 + 24 * draw.share(), rectified(draw)),
  },
  {
    label: 'initial weights ×3 to ×6, five layers',
    weight: 2,
    make: (draw) => scaled(draw, 3 + 3 * draw.share(), { ...rectified(draw), hidden: [16, 16, 16, 16, 16] }),
  },
];

export const explodingGradient = {
  id: 'exploding-gradient',
  trials: 180,
  kinds,
  concerns: (change) => (settingsOf(change).initialScale ?? 1) >= 2,
  /** The loss over the training set before the first step, or the one after it, is at least 10× the twin's or not finite. */
  truth: (trial) =>
    truthFrom(
      trial,
      [trial.at, trial.at + 1],
      (glass) => glass.trainLoss(),
      (run, twin) => (run.some((loss, k) => !(loss < factor * (twin[k] ?? NaN))) ? 'effective' : 'none'),
    ),
  judgesControls: false,
} as const satisfies Subject;
