// A disk inside a ring.
import { pointsDataset } from './points.ts';
import { cosine, sine } from './trigonometry.ts';

/** Class 0 fills the disk of radius 0.5, class c the ring from c to c + 0.5; noise blurs the border. */
export const circle = pointsDataset(
  {
    id: 'circle',
    title: 'Ring',
    description: 'A disk inside a ring; the noise makes them overlap.',
    classes: { low: 2, high: 3 },
  },
  (random) => {
    const label = random.index % random.classes;
    const radius = label + 0.5 * random.uniform(0);
    const angle = 2 * Math.PI * random.uniform(1);
    return {
      x: radius * cosine(angle) + random.noise * random.normal(0),
      y: radius * sine(angle) + random.noise * random.normal(1),
      label,
    };
  },
);
