// Raises the learning rate: ×10, and ×10 again.
import { decimal } from '../core/wording.ts';
import type { Fault } from './fault.ts';

const factor = 10;
const mostPresses = 2;

export const raiseRate = {
  id: 'raise-rate',
  title: 'Raise the learning rate',
  short: 'Rate ×10',
  describe: ({ presses }) =>
    presses === 0 ? '×10, press again for ×100' : presses === 1 ? 'again: ×100 in all' : '×100 in all',
  blocked: ({ presses, settings }) => {
    if (settings.learningRate === 0) return 'The learning rate is 0: ten times that is 0.';
    return presses < mostPresses ? null : 'It is ×100 already: any more changes nothing that you could see.';
  },
  change: () => ({ kind: 'scale-rate', factor }),
  told: (change) =>
    `raised the learning rate ×${decimal(change.kind === 'scale-rate' ? change.factor : factor)}`.replace(
      '.0',
      '',
    ),
} as const satisfies Fault;
