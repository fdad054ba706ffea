// Exclusive or: four quadrants, opposite ones alike.
import { pointsDataset } from './points.ts';

export const xor = pointsDataset(
  {
    id: 'xor',
    title: 'XOR',
    description: 'Four squares, opposite ones of the same class.',
    task: 'which of four squares belong together',
    classes: { low: 2, high: 2 },
  },
  (random) => {
    const x = (random.uniform(0) * 0.9 + 0.1) * (random.uniform(1) < 0.5 ? -1 : 1);
    const y = (random.uniform(2) * 0.9 + 0.1) * (random.uniform(3) < 0.5 ? -1 : 1);
    return {
      x: x + random.noise * random.normal(0),
      y: y + random.noise * random.normal(1),
      label: x * y > 0 ? 1 : 0,
    };
  },
);
