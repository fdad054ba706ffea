// The blindfold: signals are no longer emitted, so that detectors and exports do not see them. Training does not notice.
import type { SignalId } from '../signals/index.ts';
import type { Fault, FaultContext } from './fault.ts';

/** What one press after the other hides. */
const hoods: readonly (readonly SignalId[])[] = [
  ['validation_loss', 'validation_accuracy'],
  ['gradient_norm'],
];

/** What the next press hides, or undefined where all is dark. */
function next({ settings }: FaultContext): readonly SignalId[] | undefined {
  return hoods.find((signals) => !signals.every((id) => settings.unemitted.includes(id)));
}

export const hideSignals = {
  id: 'hide-signals',
  title: 'Blindfold yourself',
  short: 'Blindfold',
  group: 'more',
  leavesTraining: true,
  describe: (context) => `do not emit ${(next(context) ?? []).join(', ')}`,
  blocked: (context) =>
    next(context) ? null : `These are dark already: ${context.settings.unemitted.join(', ')}.`,
  change: (context) => ({
    kind: 'set',
    settings: { unemitted: [...new Set([...context.settings.unemitted, ...(next(context) ?? [])])] },
  }),
  told: (change) => {
    const names = change.kind === 'set' ? (change.settings.unemitted ?? []) : [];
    return `stopped emitting ${names.join(', ')}`;
  },
} as const satisfies Fault;
