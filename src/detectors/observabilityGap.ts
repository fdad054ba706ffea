// Observability gap: a signal that a detector needs is not emitted, or comes too rarely; what would go unseen is named.
import type { Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import { counted } from '../core/wording.ts';
import { signals, type SignalId } from '../signals/index.ts';
import type { Signal } from '../signals/signal.ts';
import { lastSteps } from './alertRule.ts';
import type { Detector, Evidence, WatchContext } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'observability-gap';

/** Signals whose absence blinds, each with what goes unseen without it. */
const needed: Readonly<Partial<Record<SignalId, string>>> = {
  gradient_norm: 'loss spikes and exploding gradients',
  loss: 'loss spikes, overfitting and stalled training',
  validation_loss: 'overfitting',
  dead_neuron_ratio: 'dead neurons',
  nonfinite_loss: 'NaN or infinite losses',
  gradient_norm_ratio: 'vanishing gradients',
  saturation_ratio: 'saturated layers',
  input_kl_divergence: 'a change of what users send',
};

const watched: readonly Signal[] = signals.filter(({ id: signal }) => signal in needed);

interface Seen {
  readonly signal: Signal;
  readonly columns: readonly number[];
  /** Steps in a row without it. */
  missing: number;
}

function watchSignal({ layout, hiddenLayers }: WatchContext, signal: Signal): Seen {
  const layers = signal.scope === 'run' ? [0] : Array.from({ length: hiddenLayers }, (_, k) => k + 1);
  return { signal, columns: layers.map((layer) => layout.column(signal.id, layer)), missing: 0 };
}

export const observabilityGap = {
  id,
  title: 'Observability gap',
  signals: ['validation_loss', 'gradient_norm', 'loss', 'evaluated_at'],
  readsAbsence: true,
  thresholds: { steps: 20, rarely: 250 },
  watch: (context, limits) => {
    const [patience, rarely] = [limits['steps'] ?? NaN, limits['rarely'] ?? NaN];
    const all = watched.map((signal) => watchSignal(context, signal));
    const evaluatedColumn = context.layout.column('evaluated_at');
    const latch = makeLatch(id);

    const count = (rows: Rows, row: number, seen: Seen, settings: Settings): void => {
      const applies = seen.columns.length > 0 && seen.signal.applies(settings);
      const isAbsent = applies && seen.columns.every((column) => !rows.has(row, column));
      seen.missing = isAbsent ? seen.missing + 1 : 0;
    };

    return (rows, row) => {
      const at = rows.step(row);
      const settings = context.settings(at);
      for (const seen of all) count(rows, row, seen, settings);
      const gone = all.filter(({ missing }) => missing >= patience);
      const age = at - (rows.value(row, evaluatedColumn) ?? at);
      const isWhole = all.every(({ missing }) => missing === 0);
      const verdict = { holds: gone.length > 0 || age >= rarely, isOver: isWhole && age < rarely };
      return latch(at, verdict, () => {
        const [first, ...others] = gone.map(({ signal, missing }): Evidence => ({
          signal: signal.id,
          value: missing,
          threshold: patience,
        }));
        if (!first)
          return { onset: at - age, evidence: [{ signal: 'evaluated_at', value: age, threshold: rarely }] };
        return { onset: at - first.value + 1, evidence: [first, ...others] };
      });
    };
  },
  rule: (limits) =>
    `a signal that a detector needs is absent for ${limits['steps']} steps, or the last evaluation is ${limits['rarely']} steps old.`,
  observation: ({ evidence }) => {
    const [first] = evidence;
    if (first.signal === 'evaluated_at')
      return `The last evaluation is ${counted(first.value, 'step')} old (limit ${first.threshold}).`;
    const names = evidence.map(({ signal }) => signal).join(', ');
    return `Not emitted for ${counted(first.value, 'step')} (limit ${first.threshold}): ${names}.`;
  },
  cause: ({ evidence }) => {
    if (evidence[0].signal === 'evaluated_at')
      return 'What happens between two evaluations is seen at the second one: overfitting comes to light that much later.';
    const unseen = evidence.flatMap(({ signal }) => needed[signal as SignalId] ?? []).join('; ');
    return `Nobody would see ${unseen || 'a fault'}: an alarm that needs a signal stays silent without it.`;
  },
  alertRules: ({ steps = NaN, rarely = NaN }) => {
    const range = lastSteps(steps);
    const seen = (metric: string) => `present_over_time(${metric}[${range}])`;
    const must = [
      ['TrainingLossAbsent', 'training_loss', 'loss'],
      ['TrainingGradientNormAbsent', 'training_gradient_norm', 'gradient_norm'],
      ['TrainingValidationLossAbsent', 'training_validation_loss', 'validation_loss'],
    ] as const;
    return [
      {
        alert: 'TrainingObservabilityGap',
        expr: [
          `${seen('training_learning_rate')} and training_learning_rate offset ${steps - 1}s`,
          `unless (${must.map(([, metric]) => seen(metric)).join(' and ')})`,
        ].join('\n'),
        severity: 'warning',
        summary:
          'a run that emits its learning rate lacks loss, gradient_norm or validation_loss: an alert that needs it is blind',
        limits:
          'It watches the three signals that every network has; the detector also those that only some have.',
      },
      {
        alert: 'TrainingEvaluationsRare',
        expr: [
          `changes(training_validation_loss[${lastSteps(rarely + 1)}]) == 0`,
          `and training_validation_loss offset ${rarely}s`,
        ].join('\n'),
        severity: 'warning',
        summary:
          'no new evaluation of the validation set for long: overfitting comes to light that much later',
        limits: 'It takes a validation loss that does not change for one that is not evaluated.',
      },
      ...must.map(([alert, metric, signal]) => ({
        alert,
        expr: `absent_over_time(${metric}[${range}])`,
        forSeconds: steps - 1,
        severity: 'warning' as const,
        summary: `no run emits ${signal}: emit it`,
        limits:
          'It speaks where no run at all has the signal, and so also while nothing trains. absent() would wait another five minutes: values that are pushed count as present for that long.',
      })),
    ];
  },
} as const satisfies Detector;
