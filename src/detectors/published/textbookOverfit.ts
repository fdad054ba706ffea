// The textbook rule of overfitting.
import { atEvaluations } from './evaluations.ts';
import type { PublishedRule } from './rule.ts';

const ratio = 1.3;
const evaluations = 3;

export const textbookOverfit = {
  id: 'textbook-overfit',
  title: 'Textbook: validation ÷ training above 1.3',
  source:
    'The rule of thumb that validation_loss ÷ training_loss above 1.3 is overfitting, held for 3 evaluations. The training loss is the mean of the evaluation interval.',
  pattern: 'overfit',
  signals: ['loss', 'validation_loss'],
  watch: (context) => {
    let held = 0;
    return atEvaluations(context, (validation, training) => {
      held = validation > ratio * training ? held + 1 : 0;
      return held >= evaluations;
    });
  },
} as const satisfies PublishedRule;
