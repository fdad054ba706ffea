// The fields of the recipe as the drawer shows them: in groups, with words and units.
import type { RecipeField } from '../../core/recipe.ts';
import { activations, schedules } from '../../core/settings.ts';
import { datasetIds, datasetPart } from '../../data/index.ts';

export type FormControl =
  | { readonly kind: 'number'; readonly step: number | 'any' }
  | { readonly kind: 'list' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly (readonly [value: string, text: string])[] };

interface FormField {
  readonly field: RecipeField;
  readonly label: string;
  readonly unit?: string;
  readonly control: FormControl;
}

export interface FormGroup {
  readonly title: string;
  readonly fields: readonly FormField[];
}

const whole: FormControl = { kind: 'number', step: 1 };
const real: FormControl = { kind: 'number', step: 'any' };
const choice = (...options: readonly string[]): FormControl => ({
  kind: 'choice',
  options: options.map((option) => [option, option]),
});

export const recipeForm: readonly FormGroup[] = [
  {
    title: 'Data (starts a new run)',
    fields: [
      {
        field: 'data',
        label: 'Dataset',
        control: { kind: 'choice', options: datasetIds.map((id) => [id, datasetPart(id).title]) },
      },
      { field: 'classes', label: 'Classes', control: whole },
      { field: 'noise', label: 'Noise', unit: 'standard deviation', control: real },
      { field: 'train', label: 'Training set', unit: 'examples', control: whole },
      { field: 'validation', label: 'Validation set', unit: 'examples', control: whole },
      { field: 'seed', label: 'Seed', control: whole },
    ],
  },
  {
    title: 'Network (starts a new run)',
    fields: [
      { field: 'hidden', label: 'Hidden layers', unit: 'units each, e.g. 16, 16', control: { kind: 'list' } },
      { field: 'initialBias', label: 'Initial bias', control: real },
      { field: 'initialScale', label: 'Initial weights', unit: '× the standard', control: real },
      {
        field: 'loss',
        label: 'Loss',
        control: choice('sigmoid-cross-entropy', 'softmax-cross-entropy', 'squared-error'),
      },
      { field: 'optimizer', label: 'Optimizer', control: choice('sgd', 'momentum', 'adam') },
      { field: 'batch', label: 'Batch', unit: 'examples', control: whole },
      { field: 'validateEvery', label: 'Validate every', unit: 'steps', control: whole },
      { field: 'checkpointEvery', label: 'Checkpoint every', unit: 'steps', control: whole },
    ],
  },
  {
    title: 'Settings (change while it trains)',
    fields: [
      { field: 'learningRate', label: 'Learning rate', control: real },
      { field: 'schedule', label: 'Rate schedule', control: choice(...schedules) },
      { field: 'warmUp', label: 'Warm-up', unit: 'steps; 0 = none', control: whole },
      { field: 'scheduleSteps', label: 'Schedule length', unit: 'steps; between drops', control: whole },
      { field: 'scheduleFactor', label: 'Schedule factor', unit: 'cosine’s end; each drop', control: real },
      { field: 'momentum', label: 'Momentum, β₁', control: real },
      { field: 'l2', label: 'Weight decay (L2)', control: real },
      { field: 'clipNorm', label: 'Clip gradients at', unit: 'norm; 0 = never', control: real },
      { field: 'dropout', label: 'Dropout', unit: 'share of hidden units', control: real },
      { field: 'activation', label: 'Activation', control: choice(...activations) },
      { field: 'slope', label: 'LeakyReLU slope', control: real },
      { field: 'batchNorm', label: 'Batch normalisation', control: { kind: 'switch' } },
      { field: 'keep', label: 'Keep only', unit: 'examples; 0 = all', control: whole },
      { field: 'mislabelled', label: 'Mislabelled', unit: 'of those kept', control: whole },
    ],
  },
];

/** The value that a person typed, as the recipe's parser wants it; what is no number stays text, so that its error shows it. */
export function typedValue(control: FormControl, text: string): unknown {
  const number = (part: string) =>
    part.trim() === '' || Number.isNaN(Number(part)) ? part.trim() : Number(part);
  if (control.kind === 'number') return number(text);
  if (control.kind === 'list')
    return text.trim() === ''
      ? []
      : text
          .split(/[,\s]+/)
          .filter(Boolean)
          .map(number);
  return text;
}
