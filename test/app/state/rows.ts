// Rows for tests of what the page makes of them.
import { RowWriter } from '../../../src/core/layout.ts';
import { signalLayout } from '../../../src/signals/index.ts';

export const layout = signalLayout(2);

export interface RowValues {
  readonly loss?: number;
  readonly accuracy?: number;
  readonly gradientNorm?: number;
  /** Loss and accuracy on validation, computed at this very step. */
  readonly validation?: readonly [loss: number, accuracy: number];
  /** dead_neuron_ratio of layer 1. */
  readonly dead?: number;
  readonly series?: number;
}

/** Packs one row per step from `first` on. */
export function packedRows(first: number, count: number, values: (step: number) => RowValues) {
  const writer = new RowWriter(layout);
  let evaluated: readonly [at: number, loss: number, accuracy: number] | undefined;
  for (let step = first; step < first + count; step++) {
    const { loss, accuracy, gradientNorm, validation, dead, series } = values(step);
    writer.begin(step);
    const set = (signal: string, value: number | undefined, layer = 0) => {
      if (value !== undefined) writer.set(layout.column(signal, layer), value);
    };
    if (validation) evaluated = [step, ...validation];
    set('loss', loss);
    set('accuracy', accuracy);
    set('gradient_norm', gradientNorm);
    set('evaluated_at', evaluated?.[0]);
    set('validation_loss', evaluated?.[1]);
    set('validation_accuracy', evaluated?.[2]);
    set('dead_neuron_ratio', dead, 1);
    set('telemetry_series', series);
  }
  return writer.take();
}
