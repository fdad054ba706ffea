// Raises the learning rate: ×10, and ×10 again.
import { decimal } from '../core/wording.ts';
import type { Fault, FaultContext } from './fault.ts';

const factor = 10;
/** ×100 kills the network; beyond, nothing more can be seen. */
const most = 100;

/** How many times the recipe's own rate is in force, as a power of the factor; whoever raised it. */
function raised({ recipe, settings }: FaultContext): number {
  return factor ** Math.round(Math.log(settings.learningRate / recipe.learningRate) / Math.log(factor));
}

export const raiseRate = {
  id: 'raise-rate',
  title: 'Raise the learning rate',
  short: 'Rate ×10',
  group: 'main',
  describe: (context) => {
    if (raised(context) >= most) return `×${most} in all`;
    return raised(context) >= factor ? `again: ×${most} in all` : `×${factor}, press again for ×${most}`;
  },
  blocked: (context) => {
    if (context.settings.learningRate === 0) return 'The learning rate is 0: ten times that is 0.';
    return raised(context) < most
      ? null
      : `It is ×${most} already: any more changes nothing that you could see.`;
  },
  change: () => ({ kind: 'scale-rate', factor }),
  told: (change) =>
    `raised the learning rate ×${decimal(change.kind === 'scale-rate' ? change.factor : factor)}`.replace(
      '.0',
      '',
    ),
} as const satisfies Fault;
