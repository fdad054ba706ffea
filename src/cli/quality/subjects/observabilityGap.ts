// Observability gap: signals that detectors need are no longer emitted.
import { settingsAt, settingsPeriods } from '../../../core/timeline.ts';
import type { Draw } from '../draw.ts';
import { net } from '../nets.ts';
import type { Trial } from '../trial.ts';
import { truthOfTimeline } from '../truth.ts';
import { settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const after = 150;

/** Signals without which somebody is blind on every network. */
const needed = ['validation_loss', 'gradient_norm', 'loss', 'input_kl_divergence'] as const;

function hidden(draw: Draw, unemitted: readonly string[]): Omit<Trial, 'label'> {
  const at = draw.pick([0, draw.whole(50, 400)]);
  const entry = fault(at, 'hide-signals', { kind: 'set', settings: { unemitted: [...unemitted] } });
  return { recipe: withTimeline(net(draw), entry), at, steps: at + after };
}

function isBlind({ recipe, steps }: Trial): boolean {
  const { unemitted } = settingsAt(settingsPeriods(recipe, 0), steps);
  return needed.some((signal) => unemitted.includes(signal));
}

const kinds: readonly Kind[] = [
  ...needed.map((signal) => ({
    label: `no ${signal}`,
    weight: 2,
    make: (draw: Draw) => hidden(draw, [signal]),
  })),
  {
    label: 'no validation at all',
    weight: 2,
    make: (draw) => hidden(draw, ['validation_loss', 'validation_accuracy']),
  },
  { label: 'no update_ratio, which nobody needs', weight: 1, make: (draw) => hidden(draw, ['update_ratio']) },
];

export const observabilityGap = {
  id: 'observability-gap',
  trials: 190,
  kinds,
  concerns: (change) => (settingsOf(change).unemitted ?? []).length > 0,
  /** The timeline hides a signal that some detector cannot do without: known without a look. */
  truth: (trial) => truthOfTimeline(trial, isBlind(trial) ? 'effective' : 'none'),
  judgesControls: false,
} as const satisfies Subject;
