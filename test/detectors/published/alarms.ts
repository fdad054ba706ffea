// Runs published rules over synthetic rows.
import type { PublishedRule } from '../../../src/detectors/published/rule.ts';
import { context, repeat, rowsOf, type Values } from '../rows.ts';

/** Whether the rule is in alarm, row by row. */
export function verdicts(rule: PublishedRule, values: readonly Values[]): readonly boolean[] {
  const rows = rowsOf(values);
  const watch = rule.watch(context);
  return values.map((_, row) => watch(rows, row));
}

/** The rows at which the rule is in alarm. */
export function alarms(rule: PublishedRule, values: readonly Values[]): readonly number[] {
  return verdicts(rule, values).flatMap((alarm, row) => (alarm ? [row] : []));
}

/** One row per value of a single signal. */
export function series(signal: string, values: readonly number[]): readonly Values[] {
  return values.map((value) => ({ [signal]: value }));
}

/** Training losses and validation losses by evaluation, every ten steps from step 0 on. */
export function evaluated(training: readonly number[], validation: readonly number[]): readonly Values[] {
  return repeat(validation.length * 10, (step) => ({
    loss: training[Math.floor(step / 10)] ?? training.at(-1) ?? NaN,
    validation_loss: validation[Math.floor(step / 10)] ?? NaN,
    evaluated_at: step - (step % 10),
  }));
}

/** `count` values about `level`, up and down in turn. */
export function wavering(count: number, level: number, amplitude: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => level + (k % 2 === 0 ? amplitude : -amplitude));
}
