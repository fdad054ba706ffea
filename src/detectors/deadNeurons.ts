// Dead neurons: too many units of a ReLU layer that no example activates.
import { decimal, percent } from '../core/wording.ts';
import { RollingMean } from '../core/rolling.ts';
import type { Rows } from '../core/layout.ts';
import { none, type Detector, type DetectorEvent, type WatchContext } from './detector.ts';
import { makeLatch, unseen } from './latch.ts';

const id = 'dead-neurons';

/** activation_mean before the fault: an average that ends a window before now. */
const baselineSteps = 50;

/** Chance kills and revives units of a young network: until this step only a layer that is half dead counts. */
const young = 150;
const mostOfLayer = 0.5;
/** The least share of the last thousand steps is what the layer is held against, kept as the least of each hundred. */
const blocks = 10;
const blockSteps = 100;
/** Fewer than two units are chance, whatever share of a narrow layer they are. */
const fewest = 2;
/** Steps in a row. */
const patience = 10;

type LayerWatcher = (rows: Rows, row: number) => readonly DetectorEvent[];

/** The least value of about the last thousand steps, from a step on. */
class RecentLeast {
  readonly #least = new Float64Array(blocks).fill(Infinity);
  #block = -1;

  see(at: number, value: number): void {
    const block = Math.floor(at / blockSteps);
    if (block !== this.#block) this.#least[block % blocks] = Infinity;
    this.#block = block;
    this.#least[block % blocks] = Math.min(value, this.#least[block % blocks] ?? Infinity);
  }

  get value(): number {
    return this.#least.reduce((least, value) => Math.min(least, value), Infinity);
  }
}

interface Limits {
  readonly ratio: number;
  readonly rise: number;
}

function watchLayer(
  { layout, deadWindow, widths }: WatchContext,
  layer: number,
  { ratio: limit, rise }: Limits,
): LayerWatcher {
  const deadColumn = layout.column('dead_neuron_ratio', layer);
  const meanColumn = layout.column('activation_mean', layer);
  const width = widths[layer - 1] ?? 0;
  const means = new RollingMean(baselineSteps + deadWindow);
  const least = new RecentLeast();
  const latch = makeLatch(id, layer);
  let held = 0;

  /** Many, and more than there were. */
  const isMany = (at: number, ratio: number): boolean => {
    // Rows are f32, where exactly 20 % is a little more than 0.2.
    if (!(ratio > Math.fround(limit))) return false;
    if (ratio > Math.max(limit, mostOfLayer)) return true;
    const risen = ratio - least.value;
    return at >= young && risen >= rise - 1e-6 && risen * width >= fewest - 1e-3;
  };

  return (rows, row) => {
    const ratio = rows.value(row, deadColumn);
    const mean = rows.value(row, meanColumn);
    const at = rows.step(row);
    if (ratio === undefined) return latch(at, { holds: false, isOver: true }, unseen);
    if (at >= young - patience) least.see(at, ratio);
    held = isMany(at, ratio) ? held + 1 : 0;
    const events = latch(at, { holds: held >= patience, isOver: ratio <= Math.fround(limit) }, () => ({
      onset: at - deadWindow - patience,
      evidence: [
        { signal: 'dead_neuron_ratio', value: ratio, threshold: limit },
        ...(mean === undefined || means.count === 0
          ? []
          : [{ signal: 'activation_mean', value: mean, baseline: means.mean }]),
      ],
    }));
    if (mean !== undefined) means.push(mean);
    return events;
  };
}

export const deadNeurons = {
  id,
  title: 'Dead neurons',
  signals: ['dead_neuron_ratio'],
  thresholds: { ratio: 0.2, rise: 0.17 },
  watch: (context, limits) => {
    const { ratio = NaN, rise = NaN } = limits;
    const layers = Array.from({ length: context.hiddenLayers }, (_, index) =>
      watchLayer(context, index + 1, { ratio, rise }),
    );
    return (rows, row) => {
      let events = none;
      for (const layer of layers) {
        const found = layer(rows, row);
        if (found.length > 0) events = [...events, ...found];
      }
      return events;
    };
  },
  rule: (limits) =>
    `dead_neuron_ratio of a ReLU layer > ${percent(limits['ratio'] ?? NaN)} and up by ${percent(limits['rise'] ?? NaN)} and ${fewest} units within 1,000 steps, for ${patience} steps; or over half of the layer.`,
  observation: ({ evidence: [dead, mean], layer }) =>
    `${percent(dead.value)} of layer ${layer} dead (limit ${percent(dead.threshold ?? NaN)})` +
    (mean ? `; mean activation ${decimal(mean.baseline ?? NaN)} → ${decimal(mean.value)}.` : '.'),
  cause: () =>
    'Their input is below zero on every example: ReLU’s gradient is 0 there, so they never update again.',
  alertRules: ({ ratio = NaN, rise = NaN }) => [
    {
      alert: 'TrainingDeadNeurons',
      expr: [
        `training_dead_neuron_ratio > ${Math.max(ratio, mostOfLayer)}`,
        'or (',
        `  training_dead_neuron_ratio > ${ratio}`,
        '  and training_dead_neuron_ratio - min_over_time(',
        `    (training_dead_neuron_ratio and training_dead_neuron_ratio offset ${young - patience}s)[${blocks * blockSteps}s:1s]`,
        `  ) >= ${rise}`,
        `  and training_dead_neuron_ratio offset ${young}s`,
        ')',
      ].join('\n'),
      forSeconds: patience - 1,
      severity: 'critical',
      summary:
        'units of {{ $labels.layer_name }} get no gradient: batch norm, LeakyReLU, a lower rate, or the layer drawn anew',
      limits: `The detector also asks for ${fewest} units at least; a rule does not know the width of a layer: leave out layers of fewer than a dozen.`,
    },
  ],
} as const satisfies Detector;
