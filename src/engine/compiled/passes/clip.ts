// Gradient clipping by global norm (Pascanu et al. 2013): the factor that the optimizer applies to every gradient.
import type { Pass } from '../pass.ts';

export const clip: Pass = {
  id: 'clip',
  javascript: ({ control, sums }) => {
    return () => {
      const limit = control.settings.clipNorm;
      sums.clipFactor = limit > 0 && sums.gradientNorm > limit ? limit / sums.gradientNorm : 1;
    };
  },
};
