// Stalled: after hundreds of steps the loss is about what it was at the start, and no longer falls.
import { RollingMean } from '../core/rolling.ts';
import { decimal, percent } from '../core/wording.ts';
import { none, type Detector } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'stalled';

/** Batches of the start that the loss is held against. */
const first = 10;
const window = 50;

export const stalled = {
  id,
  title: 'Stalled',
  signals: ['loss'],
  thresholds: { share: 0.95, steps: 250 },
  watch: ({ layout }, limits) => {
    const [share, patience] = [limits['share'] ?? NaN, limits['steps'] ?? NaN];
    const column = layout.column('loss');
    const start = new RollingMean(first);
    const recent = new RollingMean(window);
    const latch = makeLatch(id);
    let begin: number | undefined;
    return (rows, row) => {
      const loss = rows.value(row, column);
      if (loss === undefined) return none;
      const at = rows.step(row);
      begin ??= at;
      if (start.count < first) start.push(loss);
      recent.push(loss);
      const ratio = recent.mean / start.mean;
      const isLate = at - begin >= Math.max(window, patience);
      // Half-way between the limit and falling for good: the loss of single batches is noise.
      return latch(at, { holds: isLate && ratio > share, isOver: ratio < share - 0.05 }, () => ({
        onset: begin ?? at,
        evidence: [{ signal: 'loss', value: recent.mean, baseline: start.mean, threshold: share }],
      }));
    };
  },
  rule: (limits) =>
    `loss, averaged over ${window} steps, still > ${percent(limits['share'] ?? NaN)} of the first ${first} steps’ after ${limits['steps']} steps.`,
  observation: ({ evidence: [loss], at }) =>
    `After ${at} steps the loss is ${decimal(loss.value)}, ${percent(loss.value / (loss.baseline ?? NaN))} of what it began with (limit ${percent(loss.threshold ?? NaN)}).`,
  cause: () =>
    'The updates are too small, or point nowhere: at this pace the network will not learn in any time you have.',
  alertRule: (limits) =>
    [
      'alert: TrainingStalled',
      `expr: avg_over_time(training_loss[${window}s]) > ${limits['share']} * avg_over_time(training_loss[${first}s] offset ${limits['steps']}s)`,
      'labels: { severity: warning }',
      'annotations: { summary: "the loss does not fall: raise the rate, check the data, the activation and the initial weights" }',
    ].join('\n'),
} as const satisfies Detector;
