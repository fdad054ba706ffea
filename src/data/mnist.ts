// MNIST digits.
import type { DatasetPart } from './dataset.ts';

export const mnist: DatasetPart = {
  id: 'mnist',
  title: 'MNIST digits',
  description: 'Handwritten digits, 28 × 28 grey values; 20,000 images.',
  task: 'to read handwritten digits',
  kind: 'images',
  columns: [],
  examples: () => 20_000,
  classes: { low: 10, high: 10 },
  load: async (recipe, context) => {
    const { loadMnist } = await import('./loadMnist.ts');
    return loadMnist(recipe, context);
  },
};
