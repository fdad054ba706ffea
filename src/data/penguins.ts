// Palmer penguins: real data in a table.
import type { DatasetPart } from './dataset.ts';

export const penguins: DatasetPart = {
  id: 'penguins',
  title: 'Palmer penguins',
  description:
    'Bill length, bill depth, flipper length and body mass of three species, each less its mean and divided by its standard deviation; 342 of 344 birds, for 2 were not measured.',
  task: 'to tell three species of penguin apart',
  kind: 'table',
  columns: ['bill length', 'bill depth', 'flipper length', 'body mass'],
  examples: () => 342,
  classes: { low: 3, high: 3 },
  load: async (recipe, context) => {
    const { loadPenguins } = await import('./loadPenguins.ts');
    return loadPenguins(recipe, context);
  },
};
