// Kills ReLUs gradually: pushes the biases of most units of layer 1 below anything the data can lift.
import { counted } from '../core/wording.ts';
import type { Fault, FaultContext } from './fault.ts';

const layer = 1;
const share = 7 / 8;
/** −0.1 a step for 70 steps: one after another goes out, and neither loss nor gradient jumps (at once, half of the runs spike). */
const perStep = -0.1;
const steps = 70;

function width({ recipe }: FaultContext): number {
  return recipe.hidden[layer - 1] ?? 0;
}

/** Seven of eight units; pressed again, all of them. */
function units(context: FaultContext): number {
  const all = width(context);
  return context.presses === 0 ? Math.max(1, Math.floor(all * share)) : all;
}

export const killRelus = {
  id: 'kill-relus',
  title: 'Kill the ReLUs',
  short: 'Kill ReLUs',
  group: 'main',
  describe: (context) =>
    context.presses === 0
      ? `push ${units(context)} of ${width(context)} below zero`
      : `push all ${width(context)} below zero`,
  blocked: (context) => {
    if (width(context) === 0) return 'There is no hidden layer.';
    if (context.settings.activation !== 'relu') {
      return `No ReLU here: ${context.settings.activation} has a gradient below zero too.`;
    }
    return context.presses < 2 ? null : 'All of layer 1 are pushed already.';
  },
  change: (context) => ({ kind: 'push-biases', layer, units: units(context), perStep, steps }),
  told: (change) =>
    change.kind === 'push-biases'
      ? `pushed ${counted(change.units, 'neuron')} of layer ${change.layer} below zero`
      : 'pushed biases',
} as const satisfies Fault;
