// Overfit: validation loss leaves training loss behind, for several evaluations.
import { RollingMean } from '../core/rolling.ts';
import { decimal, percent } from '../core/wording.ts';
import { lastSteps } from './alertRule.ts';
import { none, type Detector, type Finding } from './detector.ts';

const id = 'overfit';

/** Or validation loss has risen from its own best: as a factor and in itself, with training loss behind by less than the ratio asks. */
const risen = { factor: 1.15, gap: 0.04, ratio: 1.1, behind: 0.03 };
/** Evaluations that are averaged for it, and how many more of them it must hold for than the ratio. */
const smoothed = 3;
const longer = 2;

/** Steps between two evaluations that the alert rules reckon with: a rule does not know the recipe. */
const every = 10;

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
      if (validation === undefined || loss === undefined || rows.value(row, evaluatedColumn) !== at)
        return none;
      return judge(at, validation, training.mean, loss);
    };
  },
  rule: (limits) =>
    `validation_loss ÷ training loss > ${limits['ratio']} and the difference > ${limits['gap']}, for ${limits['evaluations']} evaluations; or validation_loss up by ${percent(risen.factor - 1)} from its best, for ${longer} more.`,
  observation: ({ evidence: [ratio, gap, losses] }) => {
    const is = losses ? `: ${decimal(losses.value)} against ${decimal(losses.baseline ?? NaN)}.` : '.';
    // Below either limit it is the rise from its best that fired.
    const isRise = ratio.value <= (ratio.threshold ?? NaN) || (gap && gap.value <= (gap.threshold ?? NaN));
    if (isRise)
      return `Validation loss is up by more than ${percent(risen.factor - 1)} from its best, and above training loss${is}`;
    return `Validation loss is ${decimal(ratio.value)}× training loss (limit ${ratio.threshold}×)${is}`;
  },
  cause: () =>
    'It learns its training examples by heart, wrong labels included, and no longer what they have in common.',
  alertRules: ({ ratio = NaN, gap = NaN, evaluations = NaN }) => {
    const training = `avg_over_time(training_loss[${lastSteps(every)}])`;
    const recent = `avg_over_time(training_validation_loss[${lastSteps(smoothed * every)}])`;
    const best = `min_over_time(${recent}[1h:${every}s])`;
    const hold = Math.max(1, evaluations);
    const isFresh = `changes(training_validation_loss[${lastSteps(2 * every + 1)}]) > 0`;
    const limits = `For an evaluation every ${every} steps; it is silent where they are rarer than every ${2 * every}: put your interval into its windows. A rule does not see when an evaluation came, so it may speak up to one earlier or later.`;
    return [
      {
        alert: 'TrainingOverfit',
        expr: [
          `training_validation_loss > ${ratio} * ${training}`,
          `and training_validation_loss - ${training} > ${gap}`,
          `and ${isFresh}`,
        ].join('\n'),
        forSeconds: (hold - 1) * every,
        severity: 'critical',
        summary: 'validation loss leaves training loss behind: more data, weight decay, stop at the best',
        limits,
      },
      {
        alert: 'TrainingValidationLossRising',
        expr: [
          `${recent} > ${risen.factor} * ${best}`,
          `and ${recent} - ${best} > ${risen.gap}`,
          `and training_validation_loss > ${risen.ratio} * ${training}`,
          `and training_validation_loss - ${training} > ${risen.behind}`,
          `and ${isFresh}`,
        ].join('\n'),
        forSeconds: (hold + longer - 1) * every,
        severity: 'critical',
        summary: 'validation loss rises from its best: more data, weight decay, stop at the best',
        limits: `${limits} The best is looked for within the last hour.`,
      },
    ];
  },
} as const satisfies Detector;
