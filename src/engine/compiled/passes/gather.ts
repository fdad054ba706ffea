// Gathers the step's mini-batch from the data.
import { fillBatch, spoilage } from '../../../data/batches.ts';
import { inputScale } from '../../../data/dataset.ts';
import type { Pass } from '../pass.ts';

export const gather: Pass = {
  id: 'gather',
  javascript: ({ recipe, plan, dataset, training, control }) => {
    const { features, batch } = plan;
    const { inputs } = dataset.train;
    const scale = inputScale(dataset.train);
    const examples = new Uint32Array(batch);
    return () => {
      const { spoilt, settings, step } = control;
      const factor = scale * spoilage(spoilt, step).factor;
      fillBatch(recipe, settings, dataset, spoilt, step, examples, training.labels);
      for (let k = 0; k < batch; k++) {
        const from = examples[k]! * features;
        for (let f = 0; f < features; f++) training.input[k * features + f] = inputs[from + f]! * factor;
      }
    };
  },
};
