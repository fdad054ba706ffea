// Changes what users send: not what the network trains on, nor what it is validated on.
import { undrifted, type Production } from '../core/stateFaults.ts';
import { datasetPart } from '../data/index.ts';
import type { Fault, FaultContext } from './fault.ts';

interface Drift {
  readonly to: Partial<Production>;
  readonly steps: number;
  readonly words: string;
}

/** Over so many steps it can be watched: points walk out of their clouds, images tilt. */
const ofMeasures: readonly [Drift, Drift] = [
  { to: { shift: 1.25 }, steps: 300, words: 'by 1.25 σ' },
  { to: { shift: 2.5 }, steps: 300, words: 'by 2.5 σ in all' },
];
const ofImages: readonly [Drift, Drift] = [
  { to: { rotate: 45 }, steps: 100, words: 'by 45°' },
  { to: { rotate: 90 }, steps: 100, words: 'by 90° in all' },
];

function isImages({ recipe }: FaultContext): boolean {
  return datasetPart(recipe.data).kind === 'images';
}

function drift(context: FaultContext): Drift {
  const [first, second] = isImages(context) ? ofImages : ofMeasures;
  return context.presses === 0 ? first : second;
}

export const driftInputs = {
  id: 'drift-inputs',
  title: 'Change what users send',
  short: 'Users drift',
  group: 'main',
  leavesTraining: true,
  describe: (context) => {
    const { words, steps } = drift(context);
    return `${isImages(context) ? 'images turn' : 'the first input moves'} ${words}, over ${steps} steps`;
  },
  blocked: ({ presses }) => (presses < ofMeasures.length ? null : 'Users are as far away as they go here.'),
  change: (context) => {
    const { to, steps } = drift(context);
    return { kind: 'drift', ...undrifted, ...to, steps };
  },
  told: (change) =>
    change.kind === 'drift' && change.steps > 1
      ? `moved what users send, over ${change.steps} steps`
      : 'moved what users send',
} as const satisfies Fault;
