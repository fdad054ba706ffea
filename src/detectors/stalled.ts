// Stalled: after hundreds of steps the loss is about what it was at the start, and nothing moves.
import { RollingMean } from '../core/rolling.ts';
import { decimal, percent } from '../core/wording.ts';
import { lastSteps } from './alertRule.ts';
import { none, type Detector, type Evidence } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'stalled';

/** Batches of the start that the loss is held against. */
const first = 10;
const window = 50;
/** It is over when the share is back under its limit by this much: the loss of single batches is noise. */
const clearance = 0.05;

export const stalled = {
  id,
  title: 'Stalled',
  signals: ['loss', 'update_ratio'],
  ways: [
    ['loss', 'update_ratio'],
    ['loss', 'validation_loss'],
  ],
  thresholds: { share: 0.9, update: 1e-4, flat: 0.99, steps: 250 },
  watch: ({ layout }, limits) => {
    const { share = NaN, update = NaN, flat = NaN, steps: patience = NaN } = limits;
    const [lossColumn, updateColumn, validationColumn, evaluatedColumn] = [
      'loss',
      'update_ratio',
      'validation_loss',
      'evaluated_at',
    ].map((signal) => layout.column(signal)) as [number, number, number, number];
    const start = new RollingMean(first);
    const recent = new RollingMean(window);
    const updates = new RollingMean(window);
    const latch = makeLatch(id);
    let begin: number | undefined;
    let validated: { readonly first: number; readonly from: number } | undefined;
    let [validatedBest, validatedFor] = [Infinity, 0];

    /** By the loss where steps are tiny; a slow start moves, and is stalled only where validation loss has never fallen. */
    const evidence = (): Evidence | undefined => {
      if (updates.mean < update)
        return { signal: 'loss', value: recent.mean, baseline: start.mean, threshold: share };
      // An evaluation says nothing beside itself: where they come rarely, the next one is waited for.
      if (!validated || validatedFor < patience) return undefined;
      return { signal: 'validation_loss', value: validatedBest, baseline: validated.first, threshold: flat };
    };

    const validate = (validation: number | undefined, evaluatedAt: number | undefined): void => {
      if (validation === undefined || evaluatedAt === undefined) return;
      validated ??= { first: validation, from: evaluatedAt };
      validatedBest = Math.min(validatedBest, Number.isNaN(validation) ? Infinity : validation);
      validatedFor = evaluatedAt - validated.from;
    };

    return (rows, row) => {
      const loss = rows.value(row, lossColumn);
      if (loss === undefined) return none;
      validate(rows.value(row, validationColumn), rows.value(row, evaluatedColumn));
      const at = rows.step(row);
      begin ??= at;
      if (start.count < first) start.push(loss);
      recent.push(loss);
      updates.push(rows.value(row, updateColumn) ?? NaN);
      const seen = evidence();
      if (!seen) return none;
      const ratio = seen.value / (seen.baseline ?? NaN);
      const limit = seen.threshold ?? NaN;
      const isLate = at - begin >= Math.max(window, patience);
      return latch(at, { holds: isLate && ratio > limit, isOver: ratio < limit - clearance }, () => ({
        onset: begin ?? at,
        evidence: [seen, { signal: 'update_ratio', value: updates.mean, threshold: update }],
      }));
    };
  },
  rule: (limits) =>
    `after ${limits['steps']} steps the loss, averaged over ${window}, is still > ${percent(limits['share'] ?? NaN)} of what it began with while update_ratio is < ${limits['update']}; or validation_loss was never below ${percent(limits['flat'] ?? NaN)} of its first.`,
  observation: ({ evidence: [loss], at }) =>
    `After ${at} steps ${loss.signal === 'loss' ? 'the loss' : 'validation loss'} is ${loss.signal === 'loss' ? '' : 'at best '}${decimal(loss.value)}, ${percent(loss.value / (loss.baseline ?? NaN))} of what it began with (limit ${percent(loss.threshold ?? NaN)}).`,
  cause: () =>
    'The updates are too small, or point nowhere: at this pace the network will not learn in any time you have.',
  alertRules: ({ share = NaN, update = NaN, flat = NaN, steps = NaN }) => {
    const start = (signal: string, count: number) =>
      `avg_over_time((${signal} unless ${signal} offset ${count}s)[10m:1s])`;
    const isTiny = `avg_over_time(training_update_ratio[${lastSteps(window)}]) < ${update}`;
    return [
      {
        alert: 'TrainingStalled',
        expr: [
          '(',
          `  avg_over_time(training_loss[${lastSteps(window)}]) > ${share} * ${start('training_loss', first)}`,
          `  and ${isTiny}`,
          'or',
          `  min_over_time(training_validation_loss[10m]) > ${flat} * ${start('training_validation_loss', 1)}`,
          `  and changes(training_validation_loss[10m]) > 0`,
          `  unless ${isTiny}`,
          ')',
          `and training_loss offset ${Math.max(window, steps)}s`,
        ].join('\n'),
        severity: 'warning',
        summary:
          'the loss does not fall: raise the rate, check the data, the activation and the initial weights',
        limits:
          'It looks back ten minutes for the beginning of a run and says nothing of older ones. A value that is NaN keeps it silent for as long. The detector waits for an evaluation as late as its patience; a rule does not see when one came, and is content with a second.',
      },
    ];
  },
} as const satisfies Detector;
