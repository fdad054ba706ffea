// Observability gap: a signal that a detector needs is not emitted, or comes too rarely; what would go unseen is named.
import type { Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import { counted } from '../core/wording.ts';
import { signals, type SignalId } from '../signals/index.ts';
import type { Signal } from '../signals/signal.ts';
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
  alertRule: (limits) =>
    [
      'alert: TrainingObservabilityGap',
      'expr: absent(training_validation_loss) or absent(training_gradient_norm) or absent(training_loss)',
      `for: ${limits['steps']}s`,
      'labels: { severity: warning }',
      'annotations: { summary: "a signal that an alert needs is not emitted: emit it" }',
    ].join('\n'),
} as const satisfies Detector;
