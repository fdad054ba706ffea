// Overfit: validation loss leaves training loss behind, for several evaluations.
import { RollingMean } from '../core/rolling.ts';
import { decimal, percent } from '../core/wording.ts';
import { none, type Detector, type Finding } from './detector.ts';

const id = 'overfit';

/** Or validation loss has risen from its own best: as a factor and in itself, with training loss behind by less than the ratio asks. */
const risen = { factor: 1.15, gap: 0.04, ratio: 1.1, behind: 0.03 };
/** Evaluations that are averaged for it, and how many more of them it must hold for than the ratio. */
const smoothed = 3;
const longer = 2;

export const overfit = {
  id,
  title: 'Overfitting',
  signals: ['validation_loss', 'loss'],
  thresholds: { ratio: 1.3, gap: 0.1, evaluations: 3 },
  watch: ({ layout, validateEvery }, limits) => {
    const [ratioLimit = NaN, gapLimit = NaN, hold = NaN] = [
      limits['ratio'],
      limits['gap'],
      limits['evaluations'],
    ];
    const lossColumn = layout.column('loss');
    const validationColumn = layout.column('validation_loss');
    const evaluatedColumn = layout.column('evaluated_at');
    // One mini-batch is too noisy to divide by: training loss is its mean over an evaluation interval, 10 to 50 steps.
    const training = new RollingMean(Math.min(50, Math.max(10, validateEvery)));
    const recent = new RollingMean(smoothed);
    let best = Infinity;
    let [held, heldRisen] = [0, 0];
    let raised = false;
    let lastQuiet = 0;

    const findingAt = (at: number, validation: number, mean: number): Finding => ({
      detector: id,
      layer: 0,
      severity: 'firing',
      onset: lastQuiet + 1,
      at,
      evidence: [
        { signal: 'validation_loss / loss', value: validation / mean, threshold: ratioLimit },
        { signal: 'validation_loss − loss', value: validation - mean, threshold: gapLimit },
        { signal: 'validation_loss', value: validation, baseline: mean },
      ],
    });

    const hasRisen = (validation: number, mean: number): boolean => {
      recent.push(validation);
      if (recent.count >= smoothed) best = Math.min(best, recent.mean);
      const isUp = recent.mean > risen.factor * best && recent.mean - best > risen.gap;
      return isUp && validation > risen.ratio * mean && validation - mean > risen.behind;
    };

    const judge = (at: number, validation: number, mean: number, loss: number) => {
      // Half-way to the limit counts as quiet: the onset lies after the last evaluation that was.
      if (validation <= mean * (1 + (ratioLimit - 1) / 2)) lastQuiet = at;
      held = validation > ratioLimit * mean && validation - mean > gapLimit ? held + 1 : 0;
      heldRisen = hasRisen(validation, mean) ? heldRisen + 1 : 0;
      const holds = held >= Math.max(1, hold) || heldRisen >= Math.max(1, hold) + longer;
      if (holds && !raised) {
        raised = true;
        return [{ kind: 'raised', finding: findingAt(at, validation, mean) }] as const;
      }
      // NaN is neither over the limit nor under it: nothing is over then.
      if (held === 0 && heldRisen === 0 && raised && Number.isFinite(validation) && Number.isFinite(loss)) {
        raised = false;
        return [{ kind: 'resolved', detector: id, layer: 0, at }] as const;
      }
      return none;
    };

    return (rows, row) => {
      const loss = rows.value(row, lossColumn);
      const validation = rows.value(row, validationColumn);
      if (loss !== undefined) training.push(loss);
      const at = rows.step(row);
      if (validation === undefined || training.count === 0 || rows.value(row, evaluatedColumn) !== at)
        return none;
      return judge(at, validation, training.mean, loss ?? NaN);
    };
  },
  rule: (limits) =>
    `validation_loss ÷ training loss > ${limits['ratio']} and the difference > ${limits['gap']}, for ${limits['evaluations']} evaluations; or validation_loss up by ${percent(risen.factor - 1)} from its best, for ${longer} more.`,
  observation: ({ evidence: [ratio, , losses] }) =>
    `Validation loss is ${decimal(ratio.value)}× training loss (limit ${ratio.threshold}×)` +
    (losses ? `: ${decimal(losses.value)} against ${decimal(losses.baseline ?? NaN)}.` : '.'),
  cause: () =>
    'It learns its training examples by heart, wrong labels included, and no longer what they have in common.',
  alertRule: (limits) =>
    [
      'alert: TrainingOverfit',
      `expr: training_validation_loss > ${limits['ratio']} * avg_over_time(training_loss[10s]) and training_validation_loss - avg_over_time(training_loss[10s]) > ${limits['gap']}`,
      'for: 20s',
      'labels: { severity: critical }',
      'annotations: { summary: "validation loss leaves training loss behind: more data, weight decay, stop early" }',
    ].join('\n'),
} as const satisfies Detector;
