// A disk inside a ring.
import { cosine, sine } from '../core/trigonometry.ts';
import { pointsDataset } from './points.ts';

/**
 * Class 0 fills the disk of radius 0.8, class 1 the ring from 1.1 to 1.75 (class 2 the next ring, as wide and as far again).
 * With noise 0.3 the input's standard deviation is 0.8 and 91 % can be told apart, so that the loss stays off zero.
 */
export const circle = pointsDataset(
  {
    id: 'circle',
    title: 'Ring',
    description: 'A disk inside a ring; the noise makes them overlap.',
    task: 'to tell a disk from the ring around it',
    classes: { low: 2, high: 3 },
  },
  (random) => {
    const label = random.index % random.classes;
    const radius =
      label === 0 ? 0.8 * random.uniform(0) : 1.1 + 0.95 * (label - 1) + 0.65 * random.uniform(0);
    const angle = 2 * Math.PI * random.uniform(1);
    return {
      x: radius * cosine(angle) + random.noise * random.normal(0),
      y: radius * sine(angle) + random.noise * random.normal(1),
      label,
    };
  },
);
