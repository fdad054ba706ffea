// Starves training of data: a handful of examples, some of them with wrong labels.
import { counted, whole } from '../core/wording.ts';
import type { Fault, FaultContext } from './fault.ts';

const wrong = 4;
const kept = [24, 12] as const;

function keep({ presses }: FaultContext): number {
  return kept[Math.min(presses, kept.length - 1)] ?? kept[0];
}

export const starve = {
  id: 'starve',
  title: 'Starve it of data',
  short: 'Starve data',
  group: 'main',
  describe: (context) => `keep ${keep(context)} of ${whole(context.recipe.train)}, ${wrong} mislabelled`,
  blocked: (context) => {
    if (context.recipe.train <= kept[0])
      return `There is no more than ${counted(context.recipe.train, 'training example')} as it is.`;
    const { keep: left } = context.settings;
    if (left > 0 && left <= keep(context)) return `Only ${left} examples are left already.`;
    return context.presses < kept.length ? null : `Only ${kept[1]} examples are left already.`;
  },
  change: (context) => ({ kind: 'set', settings: { keep: keep(context), mislabelled: wrong } }),
  told: (change) =>
    change.kind === 'set'
      ? `kept ${change.settings.keep ?? 'all'} training examples, ${change.settings.mislabelled ?? 0} of them mislabelled`
      : 'took data away',
} as const satisfies Fault;
