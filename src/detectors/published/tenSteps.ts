// SageMaker Debugger's way to follow the loss: every ten steps it is compared with what it was ten steps before.
import type { WatchContext } from '../detector.ts';
import type { RuleWatcher } from './rule.ts';

const steps = 10;

/** Asks `judge` every ten steps and keeps its verdict until the next time. */
export function everyTenSteps(
  { layout }: WatchContext,
  judge: (loss: number, before: number) => boolean,
): RuleWatcher {
  const column = layout.column('loss');
  let reference: { readonly step: number; readonly loss: number } | undefined;
  let alarm = false;
  return (rows, row) => {
    const loss = rows.value(row, column);
    if (loss === undefined) return false;
    const step = rows.step(row);
    if (reference && step - reference.step < steps) return alarm;
    if (reference) alarm = judge(loss, reference.loss);
    reference = { step, loss };
    return alarm;
  };
}
