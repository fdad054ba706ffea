// Prechelt’s first class of stopping criteria: the generalisation loss.
import { atEvaluations } from './evaluations.ts';
import type { PublishedRule } from './rule.ts';

const alpha = 20;

export const prechelt = {
  id: 'prechelt-gl20',
  title: 'Prechelt: generalisation loss above 20 %',
  source:
    'L. Prechelt, “Early Stopping – But When?”, in Neural Networks: Tricks of the Trade, Springer 1998: GL(t) = 100 · (E_va(t) ÷ lowest E_va so far − 1); criterion GL_α stops where GL exceeds α; here α = 20, far slower than the 1–5 of the paper.',
  pattern: 'overfit',
  signals: ['validation_loss'],
  watch: (context) => {
    let lowest = Infinity;
    return atEvaluations(context, (validation) => {
      if (validation < lowest) lowest = validation;
      return 100 * (validation / lowest - 1) > alpha;
    });
  },
} as const satisfies PublishedRule;
