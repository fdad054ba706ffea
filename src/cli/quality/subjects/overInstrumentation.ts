// Instrumenting too much: telemetry levels that emit every weight, or every neuron of a wide network.
import { settingsAt, settingsPeriods } from '../../../core/timeline.ts';
import type { Settings } from '../../../core/settings.ts';
import type { Draw } from '../draw.ts';
import { net } from '../nets.ts';
import type { Trial } from '../trial.ts';
import { truthOfTimeline } from '../truth.ts';
import { settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

const after = 50;
/** Series that nobody reads. */
const most = 200;

function instrumented(
  draw: Draw,
  telemetry: Settings['telemetry'],
  hidden?: readonly number[],
): Omit<Trial, 'label'> {
  const at = draw.pick([0, draw.whole(50, 400)]);
  const entry = fault(at, 'instrument-everything', { kind: 'set', settings: { telemetry } });
  return { recipe: withTimeline(net(draw, hidden ? { hidden } : {}), entry), at, steps: at + after };
}

/** Weights with their gradients, or neurons, counted from the network's shape; features and classes of 2-D sets. */
function isTooMuch({ recipe, steps }: Trial): boolean {
  const { telemetry } = settingsAt(settingsPeriods(recipe, 0), steps);
  const widths = [2, ...recipe.hidden, recipe.classes === 2 ? 1 : recipe.classes];
  const weights = widths.slice(1).reduce((sum, width, k) => sum + width * (widths[k] ?? 0), 0);
  const neurons = recipe.hidden.reduce((sum, width) => sum + width, 0);
  return telemetry === 'per-weight' ? 2 * weights > most : telemetry === 'per-neuron' && neurons > most;
}

const kinds: readonly Kind[] = [
  {
    label: 'per weight',
    weight: 6,
    make: (draw) =>
      instrumented(
        draw,
        'per-weight',
        draw.pick([
          [16, 16],
          [24, 24],
          [12, 12],
        ]),
      ),
  },
  { label: 'per neuron of 128–128', weight: 1, make: (draw) => instrumented(draw, 'per-neuron', [128, 128]) },
  { label: 'per neuron', weight: 1, make: (draw) => instrumented(draw, 'per-neuron', [16, 16]) },
];

export const overInstrumentation = {
  id: 'over-instrumentation',
  trials: 200,
  kinds,
  concerns: (change) => (settingsOf(change).telemetry ?? 'core') !== 'core',
  /** The telemetry level in force makes more than 200 series of weights or neurons: known without a look. */
  truth: (trial) => truthOfTimeline(trial, isTooMuch(trial) ? 'effective' : 'none'),
  judgesControls: false,
} as const satisfies Subject;
