// SageMaker Debugger’s VanishingGradient, as far as rows can tell.
import type { PublishedRule } from './rule.ts';

const threshold = 1e-7;

export const sagemakerVanishingGradient = {
  id: 'sagemaker-vanishing-gradient',
  title: 'SageMaker Debugger: gradient below 1e-7',
  source:
    'Amazon SageMaker developer guide, list of Debugger built-in rules, VanishingGradient: threshold = 1e-7 on the mean absolute gradient of each tensor. Rows hold norms: here the norm of all gradients, and that of the first layer (at most gradient_norm_ratio times the norm of all), which are larger than a mean, so that the alarm comes later.',
  pattern: 'vanishing-gradient',
  signals: ['gradient_norm'],
  watch: ({ layout }) => {
    const normColumn = layout.column('gradient_norm');
    const ratioColumn = layout.column('gradient_norm_ratio');
    return (rows, row) => {
      const norm = rows.value(row, normColumn) ?? NaN;
      const ratio = rows.value(row, ratioColumn) ?? NaN;
      return norm < threshold || norm * ratio < threshold;
    };
  },
} as const satisfies PublishedRule;
