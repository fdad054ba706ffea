// Dead neurons: too many units of a ReLU layer that no example activates.
import { decimal, percent } from '../core/wording.ts';
import { RollingMean } from '../core/rolling.ts';
import type { Rows } from '../core/layout.ts';
import { none, type Detector, type DetectorEvent, type Finding, type WatchContext } from './detector.ts';

const id = 'dead-neurons';

/** activation_mean before the fault: an average that ends a window before now. */
const baselineSteps = 50;

type LayerWatcher = (rows: Rows, row: number) => DetectorEvent | undefined;

function watchLayer({ layout, deadWindow }: WatchContext, layer: number, limit: number): LayerWatcher {
  const deadColumn = layout.column('dead_neuron_ratio', layer);
  const meanColumn = layout.column('activation_mean', layer);
  const means = new RollingMean(baselineSteps + deadWindow);
  let raised = false;

  const findingAt = (at: number, ratio: number, mean: number | undefined): Finding => ({
    detector: id,
    layer,
    severity: 'firing',
    onset: Math.max(0, at - deadWindow),
    at,
    evidence: [
      { signal: 'dead_neuron_ratio', value: ratio, threshold: limit },
      ...(mean === undefined || means.count === 0
        ? []
        : [{ signal: 'activation_mean', value: mean, baseline: means.mean }]),
    ],
  });

  return (rows, row) => {
    const ratio = rows.value(row, deadColumn);
    const mean = rows.value(row, meanColumn);
    // Rows are f32, where exactly 20 % is a little more than 0.2.
    const over = ratio !== undefined && ratio > Math.fround(limit);
    const changed = over !== raised;
    raised = over;
    const at = rows.step(row);
    const event: DetectorEvent | undefined = !changed
      ? undefined
      : over
        ? { kind: 'raised', finding: findingAt(at, ratio, mean) }
        : { kind: 'resolved', detector: id, layer, at };
    if (mean !== undefined) means.push(mean);
    return event;
  };
}

export const deadNeurons = {
  id,
  title: 'Dead neurons',
  signals: ['dead_neuron_ratio'],
  thresholds: { ratio: 0.2 },
  watch: (context, limits) => {
    const layers = Array.from({ length: context.hiddenLayers }, (_, index) =>
      watchLayer(context, index + 1, limits['ratio'] ?? NaN),
    );
    return (rows, row) => {
      let events = none;
      for (const layer of layers) {
        const event = layer(rows, row);
        if (event) events = [...events, event];
      }
      return events;
    };
  },
  rule: (limits) => `dead_neuron_ratio of a ReLU layer > ${percent(limits['ratio'] ?? NaN)}.`,
  observation: ({ evidence: [dead, mean], layer }) =>
    `${percent(dead.value)} of layer ${layer} dead (limit ${percent(dead.threshold ?? NaN)})` +
    (mean ? `; mean activation ${decimal(mean.baseline ?? NaN)} → ${decimal(mean.value)}.` : '.'),
  cause: () =>
    'Their input is below zero on every example: ReLU’s gradient is 0 there, so they never update again.',
  alertRule: (limits) =>
    [
      'alert: TrainingDeadNeurons',
      `expr: training_dead_neuron_ratio > ${limits['ratio']}`,
      'labels: { severity: critical }',
      'annotations: { summary: "units of {{ $labels.layer_name }} get no gradient: batch norm, LeakyReLU, lower rate" }',
    ].join('\n'),
} as const satisfies Detector;
