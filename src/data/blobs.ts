// Gaussian blobs, one per class, evenly spaced on a circle.
import { cosine, sine } from '../core/trigonometry.ts';
import { pointsDataset } from './points.ts';

/** `noise` is the standard deviation of each blob; the centres lie at distance 1 from the origin. */
export const blobs = pointsDataset(
  {
    id: 'blobs',
    title: 'Blobs',
    description: 'One Gaussian blob per class.',
    task: 'to tell clouds of points apart',
    classes: { low: 2, high: 10 },
  },
  (random) => {
    const label = random.index % random.classes;
    const angle = (2 * Math.PI * label) / random.classes + Math.PI / 4;
    return {
      x: cosine(angle) + random.noise * random.normal(0),
      y: sine(angle) + random.noise * random.normal(1),
      label,
    };
  },
);
