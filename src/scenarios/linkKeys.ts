// The keys of a link.
import { recipeFields } from '../core/recipe.ts';

// Fields with a spelling of their own; every other field of a recipe is written as `field=value`.
export const versionKey = 'v';
export const timelineKey = 'do';
export const thresholdKey = 'threshold';
export const plainFields = recipeFields.filter(
  (field) => field !== 'version' && field !== 'timeline' && field !== 'thresholds',
);

/** Keys of an address that are not of a recipe: how it is shown, and on what it runs. */
const viewKeys = ['scenario', 'lesson', 'answers', 'call', 'engine', 'pace', 'embed', 'present', 'hide'];
export const knownKeys: readonly string[] = [
  versionKey,
  timelineKey,
  thresholdKey,
  ...viewKeys,
  ...plainFields,
];
