// Faults from which doing nothing does not recover: what remedies are measured on.
import type { Draw } from './draw.ts';
import { net } from './nets.ts';
import { fault, withTimeline, type Kind } from './subjects/subject.ts';
import type { Trial } from './trial.ts';

export interface RemedyFault extends Kind {
  /** Id of the detector that answers, whose remedies are pressed. */
  readonly detector: string;
  /** Steps that the fault takes: a remedy is pressed after them, or when the detector fires, whichever is later. */
  readonly takes: number;
}

const patience = 600;

function made(
  recipe: Trial['recipe'],
  at: number,
  ...timeline: Trial['recipe']['timeline']
): Omit<Trial, 'label'> {
  return { recipe: withTimeline(recipe, ...timeline), at, steps: at + patience };
}

/** Two layers of ReLUs under SGD: what a rate ×100 kills. A single wide layer gets over it. */
function fragile(draw: Draw): Trial['recipe'] {
  const hidden = draw.pick([
    [16, 16],
    [12, 12],
    [24, 24],
  ]);
  const recipe = net(draw, { activation: 'relu', optimizers: ['sgd'], hidden });
  return { ...recipe, learningRate: draw.pick([0.1, 0.2]) };
}

function raised(draw: Draw, factor: number): Omit<Trial, 'label'> {
  const at = draw.whole(300, 600);
  return made(fragile(draw), at, fault(at, 'raise-rate', { kind: 'scale-rate', factor }));
}

/** A batch so far off that it kills what it meets. */
function badBatch(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(300, 600);
  const change = { kind: 'corrupt-batch', inputs: 300, swapped: true, steps: 3 } as const;
  return made(fragile(draw), at, fault(at, 'bad-batch', change));
}

const pushSteps = 70;

function pushed(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(300, 600);
  const recipe = net(draw, {
    activation: 'relu',
    hidden: draw.pick([
      [16, 16],
      [12, 12],
      [24, 24],
    ]),
  });
  const units = Math.round((recipe.hidden[0] ?? 0) * (7 / 8));
  const change = { kind: 'push-biases', layer: 1, units, perStep: -0.1, steps: pushSteps } as const;
  return made(recipe, at, fault(at, 'kill-relus', change));
}

function starved(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(300, 600);
  const settings = { keep: draw.whole(16, 40), mislabelled: draw.whole(2, 5) };
  return made(net(draw), at, fault(at, 'starve', { kind: 'set', settings }));
}

export const remedyFaults: readonly RemedyFault[] = [
  { detector: 'loss-spike', label: 'rate ×100', weight: 3, takes: 0, make: (draw) => raised(draw, 100) },
  { detector: 'loss-spike', label: 'bad batch', weight: 1, takes: 3, make: badBatch },
  { detector: 'dead-neurons', label: 'most of layer 1', weight: 1, takes: pushSteps, make: pushed },
  { detector: 'overfit', label: 'keep 16–40, some mislabelled', weight: 1, takes: 0, make: starved },
];
