// Saturation: the outputs of a tanh or sigmoid layer lie at their bounds, where the slope is nearly 0.
import { RollingMean } from '../core/rolling.ts';
import { percent } from '../core/wording.ts';
import { lastSteps } from './alertRule.ts';
import type { Detector, Watcher } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'saturation';

const window = 20;
/** It is over when the share is back under this part of the limit. */
const clearance = 0.8;

function watchLayer(column: number, layer: number, limit: number): Watcher {
  const shares = new RollingMean(window);
  const latch = makeLatch(id, layer);
  return (rows, row) => {
    const share = rows.value(row, column);
    // Another activation has no bounds to lie at.
    const isBounded = share !== undefined;
    if (isBounded) shares.push(share);
    const { mean } = shares;
    const at = rows.step(row);
    const holds = isBounded && shares.count >= window && mean > limit;
    return latch(at, { holds, isOver: !isBounded || mean < clearance * limit }, () => ({
      onset: at - window + 1,
      evidence: [{ signal: 'saturation_ratio', value: mean, threshold: limit }],
    }));
  };
}

export const saturation = {
  id,
  title: 'Saturation',
  signals: ['saturation_ratio'],
  thresholds: { ratio: 0.4 },
  watch: ({ layout, hiddenLayers }, limits) => {
    const layers = Array.from({ length: hiddenLayers }, (_, index) =>
      watchLayer(layout.column('saturation_ratio', index + 1), index + 1, limits['ratio'] ?? NaN),
    );
    return (rows, row) => layers.flatMap((watch) => watch(rows, row));
  },
  rule: (limits) =>
    `saturation_ratio of a tanh or sigmoid layer > ${percent(limits['ratio'] ?? NaN)}, averaged over ${window} steps.`,
  observation: ({ evidence: [share], layer }) =>
    `${percent(share.value)} of layer ${layer}’s outputs within 1 % of their bounds (limit ${percent(share.threshold ?? NaN)}).`,
  cause: () =>
    'Their inputs are so large that tanh and sigmoid are flat there: almost no gradient passes, and they can hardly change.',
  alertRules: ({ ratio = NaN }) => [
    {
      alert: 'TrainingSaturation',
      expr: [
        `avg_over_time(training_saturation_ratio[${lastSteps(window)}]) > ${ratio}`,
        `and training_saturation_ratio offset ${window - 1}s`,
      ].join('\n'),
      severity: 'warning',
      summary:
        'units of {{ $labels.layer_name }} sit at their bounds: smaller initial weights, batch norm, a lower rate',
      limits: `None. It ends where the average is back under the limit, the detector at ${clearance} of it.`,
    },
  ],
} as const satisfies Detector;
