// Faults from which doing nothing does not recover: what remedies are measured on.
import { undrifted } from '../../core/stateFaults.ts';
import type { SettingsChange } from '../../core/settings.ts';
import type { Draw } from './draw.ts';
import { net, type NetWishes } from './nets.ts';
import type { Recovery } from './remedyTrial.ts';
import { fault, withTimeline, type Kind } from './subjects/subject.ts';
import type { Trial } from './trial.ts';

interface RemedyKind extends Kind {
  /** Steps that the fault takes: a remedy is pressed after them, or when the detector fires, whichever is later. */
  readonly takes: number;
}

export interface RemedyFaults {
  /** Id of the detector that answers, whose remedies are pressed. */
  readonly detector: string;
  /** Broken runs in a full measurement. */
  readonly runs: number;
  readonly by: Recovery;
  readonly kinds: readonly RemedyKind[];
}

/** Steps after the fault within which the detector fires, or nobody presses anything; overfitting takes its time. */
const patience = 600;
const longPatience = 1200;
const pushSteps = 70;

function made(
  recipe: Trial['recipe'],
  at: number,
  ...timeline: Trial['recipe']['timeline']
): Omit<Trial, 'label'> {
  return { recipe: withTimeline(recipe, ...timeline), at, steps: at + patience };
}

function pressTime(draw: Draw): number {
  return draw.whole(300, 600);
}

function setFromTheStart(draw: Draw, by: string, settings: SettingsChange, wishes: NetWishes) {
  return made(net(draw, wishes), 0, fault(0, by, { kind: 'set', settings }));
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

function raised(draw: Draw): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  return made(fragile(draw), at, fault(at, 'raise-rate', { kind: 'scale-rate', factor: 100 }));
}

/** Batches so far off that they kill what they meet. */
function badBatch(draw: Draw): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  const change = { kind: 'corrupt-batch', inputs: 300, swapped: true, steps: 3 } as const;
  return made(fragile(draw), at, fault(at, 'bad-batch', change));
}

function pushed(draw: Draw): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  const hidden = draw.pick([
    [16, 16],
    [12, 12],
  ]);
  // Two creases are enough for blobs and XOR, not for a ring or a spiral.
  const recipe = net(draw, { activation: 'relu', hidden, data: draw.pick(['circle', 'spiral']) });
  const units = Math.round((recipe.hidden[0] ?? 0) * (7 / 8));
  const change = { kind: 'push-biases', layer: 1, units, perStep: -0.1, steps: pushSteps } as const;
  return made(recipe, at, fault(at, 'kill-relus', change));
}

function starved(draw: Draw): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  const settings = { keep: draw.whole(16, 40), mislabelled: draw.whole(2, 5) };
  const broken = made(net(draw), at, fault(at, 'starve', { kind: 'set', settings }));
  return { ...broken, steps: at + longPatience };
}

function overflown(draw: Draw): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  const recipe = net(draw, { activation: 'leaky-relu', optimizers: ['sgd'] });
  const change = { kind: 'scale-rate', factor: 1e6 } as const;
  return made({ ...recipe, loss: 'squared-error' }, at, fault(at, 'raise-rate', change));
}

function drifted(draw: Draw): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  const change = { kind: 'drift', ...undrifted, shift: 1, steps: 1 } as const;
  return made(net(draw), at, fault(at, 'drift', change));
}

function setLater(draw: Draw, by: string, settings: SettingsChange): Omit<Trial, 'label'> {
  const at = pressTime(draw);
  return made(net(draw), at, fault(at, by, { kind: 'set', settings }));
}

function only(label: string, make: Kind['make'], takes = 0): readonly RemedyKind[] {
  return [{ label, weight: 1, takes, make }];
}

const deep: NetWishes = { activation: 'relu', hidden: [12, 12, 12, 12, 12] };

export const remedyFaults: readonly RemedyFaults[] = [
  {
    detector: 'loss-spike',
    runs: 50,
    by: 'loss',
    kinds: [
      { label: 'rate ×100', weight: 7, takes: 0, make: raised },
      { label: 'bad batches', weight: 1, takes: 3, make: badBatch },
    ],
  },
  { detector: 'dead-neurons', runs: 50, by: 'loss', kinds: only('most of layer 1', pushed, pushSteps) },
  { detector: 'overfit', runs: 50, by: 'loss', kinds: only('keep 16–40, some mislabelled', starved) },
  { detector: 'nonfinite', runs: 18, by: 'loss', kinds: only('rate ×1,000,000', overflown) },
  {
    detector: 'stalled',
    runs: 18,
    by: 'loss',
    kinds: only('rate ÷10,000', (draw) => {
      const recipe = net(draw);
      const settings = { learningRate: recipe.learningRate / 1e4 };
      return made(recipe, 0, fault(0, 'edit', { kind: 'set', settings }));
    }),
  },
  {
    detector: 'vanishing-gradient',
    runs: 18,
    by: 'loss',
    kinds: only('sigmoid, 5 layers', (draw) =>
      setFromTheStart(draw, 'sigmoid', { activation: 'sigmoid' }, deep),
    ),
  },
  {
    detector: 'exploding-gradient',
    runs: 18,
    by: 'loss',
    kinds: only('initial weights ×10', (draw) =>
      setFromTheStart(draw, 'bad-initial-scale', { initialScale: 10 }, { activation: 'relu' }),
    ),
  },
  {
    detector: 'saturation',
    runs: 18,
    by: 'loss',
    kinds: only('initial weights ×50', (draw) =>
      setFromTheStart(draw, 'bad-initial-scale', { initialScale: 50 }, { activation: 'tanh' }),
    ),
  },
  { detector: 'input-shift', runs: 18, by: 'alarm', kinds: only('shift 1 σ', drifted) },
  {
    detector: 'observability-gap',
    runs: 18,
    by: 'alarm',
    kinds: only('no validation_loss', (draw) =>
      setLater(draw, 'hide-signals', { unemitted: ['validation_loss'] }),
    ),
  },
  {
    detector: 'over-instrumentation',
    runs: 18,
    by: 'alarm',
    kinds: only('per weight', (draw) => setLater(draw, 'instrument-everything', { telemetry: 'per-weight' })),
  },
];
