// Input shift: what users send is no longer distributed as the validation set is.
import { decimal } from '../core/wording.ts';
import { calibratedLimit, shiftWindow } from '../data/inputShift.ts';
import { none, type Detector } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'input-shift';

/** Steps between two windows that the alert rule reckons with: a rule does not know the recipe. */
const every = 10;

export const inputShift = {
  id,
  title: 'Input shift',
  signals: ['input_kl_divergence'],
  thresholds: { kl: 0, windows: 2 },
  watch: ({ layout, inputs, validation, validateEvery }, limits) => {
    const asked = limits['kl'] ?? NaN;
    const limit = asked > 0 ? asked : calibratedLimit(inputs, shiftWindow, validation);
    const patience = Math.max(1, limits['windows'] ?? NaN);
    const column = layout.column('input_kl_divergence');
    const latch = makeLatch(id);
    let [over, under, firstOver] = [0, 0, 0];
    return (rows, row) => {
      const divergence = rows.value(row, column);
      const at = rows.step(row);
      // A new window comes with every evaluation; in between the last one is repeated.
      if (divergence === undefined || at % validateEvery !== 0) return none;
      // NaN is neither over the limit nor under it.
      over = divergence > limit ? over + 1 : 0;
      under = divergence <= limit ? under + 1 : 0;
      if (over === 1) firstOver = at;
      return latch(at, { holds: over >= patience, isOver: under >= patience }, () => ({
        onset: firstOver,
        evidence: [{ signal: 'input_kl_divergence', value: divergence, threshold: limit }],
      }));
    };
  },
  rule: (limits) => {
    const limit =
      limits['kl'] === 0
        ? 'its limit for this window and number of inputs (kl = 0: calibrated)'
        : String(limits['kl']);
    return `input_kl_divergence over ${shiftWindow} inputs > ${limit}, ${limits['windows']} windows in a row.`;
  },
  observation: ({ evidence: [kl] }) =>
    `KL(production ‖ validation) is ${decimal(kl.value)} nat over ${shiftWindow} inputs (limit ${decimal(kl.threshold ?? NaN)}).`,
  cause: () =>
    'Users send something else than the validation set holds: its figures say nothing about them any more. Whether it harms, only labels tell.',
  alertRules: ({ kl = NaN, windows = NaN }) => [
    {
      alert: 'TrainingInputShift',
      expr: `training_input_kl_divergence > ${kl}`,
      forSeconds: (Math.max(1, windows) - 1) * every,
      severity: 'warning',
      summary:
        'production inputs differ from the validation set: label a sample of them, refresh the validation set',
      limits: `For a window every ${every} steps. The limit is calibrated for the number of inputs and the size of the validation set (here 2 inputs and 2,000 examples unless yours are known): take yours from the detector’s evidence.`,
    },
  ],
} as const satisfies Detector;
