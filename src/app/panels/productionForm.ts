// The controls of what users send: which there are for a dataset, their ranges and words.
import type { Recipe } from '../../core/recipe.ts';
import type { Production } from '../../core/stateFaults.ts';
import { percent } from '../../core/wording.ts';
import { datasetPart } from '../../data/index.ts';

export interface ProductionControl {
  readonly field: keyof Production;
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly write: (value: number) => string;
}

const deviations = (value: number) => `${value.toFixed(2)} σ`;

/** The ring looks the same however it is turned, and a table has no angle. */
function turns({ data }: Pick<Recipe, 'data'>): boolean {
  return data !== 'circle' && datasetPart(data).kind !== 'table';
}

export function productionControls(recipe: Pick<Recipe, 'data'>): readonly ProductionControl[] {
  const { kind, columns } = datasetPart(recipe.data);
  const isImage = kind === 'images';
  const first = columns[0] ?? 'x₁';
  const all: readonly ProductionControl[] = [
    {
      field: 'shift',
      label: isImage ? 'Brighter' : `Shift of ${first}`,
      low: 0,
      high: 2,
      step: 0.05,
      write: isImage ? (value) => percent(value / 10) : deviations,
    },
    {
      field: 'scale',
      label: isImage ? 'Contrast' : 'Scale',
      low: 0,
      high: 3,
      step: 0.05,
      write: (value) => `×${value.toFixed(2)}`,
    },
    { field: 'rotate', label: 'Turn', low: -180, high: 180, step: 5, write: (value) => `${value}°` },
    { field: 'noise', label: 'Noise', low: 0, high: 2, step: 0.05, write: deviations },
    {
      field: 'prior',
      label: 'Share of class 0',
      low: 0,
      high: 1,
      step: 0.05,
      write: (value) => (value === 0 ? 'as in the data' : percent(value)),
    },
  ];
  return all.filter(({ field }) => field !== 'rotate' || turns(recipe));
}
