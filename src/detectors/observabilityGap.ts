// Observability gap: a signal that a detector needs is not emitted, or comes too rarely: who is blind is told by what every detector declares to read.
import type { Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import { counted } from '../core/wording.ts';
import { signals } from '../signals/index.ts';
import type { Signal } from '../signals/signal.ts';
import { lastSteps } from './alertRule.ts';
import { blindnessOf, waysOf, type Reader } from './blindness.ts';
import type { Detector, Evidence, WatchContext } from './detector.ts';
import { makeLatch } from './latch.ts';

const id = 'observability-gap';

interface Seen {
  readonly signal: Signal;
  readonly columns: readonly number[];
  /** Steps in a row without it. */
  missing: number;
}

/** Every signal that somebody reads. */
function watchSignals({ layout, hiddenLayers, readers }: WatchContext): readonly Seen[] {
  const read: readonly string[] = readers.flatMap((reader) => waysOf(reader).flat());
  const layers = Array.from({ length: hiddenLayers }, (_, k) => k + 1);
  return signals
    .filter(({ id: signal }) => read.includes(signal))
    .map((signal) => ({
      signal,
      columns: (signal.scope === 'run' ? [0] : layers).map((layer) => layout.column(signal.id, layer)),
      missing: 0,
    }));
}

/** Of the signals that have been missing for `steps`, those without which a detector is blind. */
function blinding(all: readonly Seen[], readers: readonly Reader[], steps: number): readonly Seen[] {
  const gone = all.filter(({ missing }) => missing >= steps);
  if (gone.length === 0) return gone;
  const { blind } = blindnessOf(
    readers,
    gone.map(({ signal }) => signal.id),
  );
  const read: readonly string[] = blind.flatMap((reader) => waysOf(reader).flat());
  return gone.filter(({ signal }) => read.includes(signal.id));
}

/** How long evaluations are apart. */
class Evaluations {
  #last: number | undefined;
  /** Between the last two. */
  interval = 0;
  /** Of the last one. */
  age = 0;

  see(at: number, evaluatedAt: number | undefined): void {
    if (evaluatedAt !== undefined && evaluatedAt !== this.#last) {
      this.interval = evaluatedAt - (this.#last ?? evaluatedAt);
      this.#last = evaluatedAt;
    }
    this.age = at - (this.#last ?? at);
  }
}

export const observabilityGap = {
  id,
  title: 'Observability gap',
  signals: ['validation_loss', 'gradient_norm', 'loss', 'evaluated_at'],
  readsAbsence: true,
  thresholds: { steps: 20, rarely: 100 },
  watch: (context, limits) => {
    const [patience, rarely] = [limits['steps'] ?? NaN, limits['rarely'] ?? NaN];
    const { readers, layout } = context;
    const all = watchSignals(context);
    const evaluations = new Evaluations();
    const evaluatedColumn = layout.column('evaluated_at');
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
      evaluations.see(at, rows.value(row, evaluatedColumn));
      const gone = blinding(all, readers, patience);
      const { age, interval } = evaluations;
      const isWhole = blinding(all, readers, 1).length === 0;
      const verdict = {
        holds: gone.length > 0 || age >= rarely,
        // One evaluation does not make them frequent.
        isOver: isWhole && age < rarely && interval <= rarely,
      };
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
    `a detector is blind because a signal is absent for ${limits['steps']} steps, or evaluations are more than ${limits['rarely']} steps apart.`,
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
    return 'An alarm that needs a signal stays silent without it, whatever happens.';
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
        limits:
          'It takes a validation loss that does not change for one that is not evaluated, and is over with every evaluation; the detector stays until two come soon enough after one another.',
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
