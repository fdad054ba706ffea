// Emits every core signal, from here.
import type { Remedy } from './remedy.ts';

export const emitSignals = {
  id: 'emit-signals',
  title: () => 'emit',
  starts: 'here',
  answers: { 'observability-gap': 1 },
  why: 'x',
  limits: () => 'x',
  offered: ({ settings }) => settings.unemitted.length > 0,
  change: () => ({ kind: 'set', settings: { unemitted: [] } }),
} as const satisfies Remedy;
