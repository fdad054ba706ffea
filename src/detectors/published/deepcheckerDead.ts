// TheDeepChecker’s check for dead layers, as far as rows can tell.
import { anyLayerAbove } from './layers.ts';
import type { PublishedRule } from './rule.ts';

const period = 10;

export const deepcheckerDead = {
  id: 'deepchecker-dead',
  title: 'TheDeepChecker: half of a layer dead, looked at every 10 steps',
  source:
    'TheDeepChecker (Ben Braiek and Khomh; settings OverfitCheck.Activation.Dead): more than 0.5 of a layer’s units with a 95th percentile of activation below 1e-5 over a buffer of 10 batches; start = 10, period = 10. Rows know of no unit: here a unit is dead that no example of a whole window has activated, where there 5 % of them may.',
  pattern: 'dead-neurons',
  signals: ['dead_neuron_ratio'],
  watch: (context) => {
    const isAbove = anyLayerAbove(context, 'dead_neuron_ratio', 0.5);
    const columns = Array.from({ length: context.hiddenLayers }, (_, index) =>
      context.layout.column('dead_neuron_ratio', index + 1),
    );
    let alarm = false;
    return (rows, row) => {
      const step = rows.step(row);
      if (step > 0 && step % period === 0) alarm = isAbove(rows, row);
      return alarm && columns.some((column) => rows.has(row, column));
    };
  },
} as const satisfies PublishedRule;
