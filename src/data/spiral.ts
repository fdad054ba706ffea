// Interleaved spirals, one arm per class.
import { cosine, sine } from '../core/trigonometry.ts';
import { pointsDataset } from './points.ts';

const turns = 0.8;

/** Radius grows from 0.1 to 1.3 over 0.8 turns, evenly in radius. */
export const spiral = pointsDataset(
  {
    id: 'spiral',
    title: 'Spiral',
    description: 'Interleaved spirals, one arm per class.',
    task: 'to tell interleaved arms apart',
    classes: { low: 2, high: 5 },
  },
  (random) => {
    const label = random.index % random.classes;
    const along = random.uniform(0);
    const angle = 2 * Math.PI * (turns * along + label / random.classes);
    const radius = 0.1 + 1.2 * along;
    return {
      x: radius * cosine(angle) + random.noise * random.normal(0),
      y: radius * sine(angle) + random.noise * random.normal(1),
      label,
    };
  },
);
