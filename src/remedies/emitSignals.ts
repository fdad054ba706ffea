// Emits every core signal, from here.
import { counted } from '../core/wording.ts';
import type { Remedy } from './remedy.ts';

/** More names than that do not fit on a button. */
const mostNamed = 2;

export const emitSignals = {
  id: 'emit-signals',
  title: ({ settings: { unemitted } }) =>
    `emit ${unemitted.length <= mostNamed ? unemitted.join(' and ') : counted(unemitted.length, 'signal')} again`,
  starts: 'here',
  answers: { 'observability-gap': 1 },
  why: 'A detector fires on what it sees, and on nothing else.',
  limits: () => 'It shows what is wrong from here on, and undoes nothing of what went unseen.',
  offered: ({ settings }) => settings.unemitted.length > 0,
  change: () => ({ kind: 'set', settings: { unemitted: [] } }),
} as const satisfies Remedy;
