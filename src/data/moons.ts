// Two half circles that reach into each other.
import { cosine, sine } from '../core/trigonometry.ts';
import { pointsDataset } from './points.ts';

export const moons = pointsDataset(
  {
    id: 'moons',
    title: 'Moons',
    description: 'Two half circles that reach into each other.',
    task: 'to tell two half circles apart',
    classes: { low: 2, high: 2 },
  },
  (random) => {
    const label = random.index % 2;
    const angle = Math.PI * random.uniform(0);
    const x = label === 0 ? cosine(angle) - 0.5 : 0.5 - cosine(angle);
    const y = label === 0 ? sine(angle) - 0.25 : 0.25 - sine(angle);
    return { x: x + random.noise * random.normal(0), y: y + random.noise * random.normal(1), label };
  },
);
