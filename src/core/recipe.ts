// The recipe: everything that determines a run, as plain data. It is parsed once, at the edge, in `parseRecipe.ts`.
import type { Recipe, RecipeField } from './parseRecipe.ts';
import { printable } from './printable.ts';
import { settingsDefaults } from './settings.ts';

export type { Recipe, RecipeField } from './parseRecipe.ts';

export const recipeVersion = 1;

/** Beside those of the settings; plain values as they are. */
export const recipeDefaults = {
  version: recipeVersion,
  seed: 1,
  data: 'circle',
  own: 'none',
  classes: 2,
  noise: 0.3,
  train: 2000,
  validation: 2000,
  hidden: [16, 16] as number[],
  loss: 'sigmoid-cross-entropy',
  optimizer: 'sgd',
  batch: 128,
  validateEvery: 10,
  checkpointEvery: 64,
} as const;

export const defaultRecipe: Recipe = { ...recipeDefaults, ...settingsDefaults, thresholds: {}, timeline: [] };
export const recipeFields = Object.keys(defaultRecipe) as readonly RecipeField[];

/** A recipe field that could not be used: which one, what stood there, and what would be accepted. */
export interface RecipeProblem {
  readonly field: string;
  readonly value: unknown;
  readonly reason: string;
}

export class RecipeError extends Error {
  readonly problems: readonly RecipeProblem[];

  constructor(problems: readonly RecipeProblem[]) {
    super(problems.map(describeProblem).join(' '));
    this.name = 'RecipeError';
    this.problems = problems;
  }
}

/** One sentence for a person: field, value, what is accepted. */
export function describeProblem({ field, value, reason }: RecipeProblem): string {
  // JSON writes NaN as null, and a function not at all.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) as string | undefined);
  const written = text ?? (value === undefined ? 'nothing' : typeof value);
  return `Recipe field “${printable(field)}” is ${printable(written)}: ${reason}.`;
}
