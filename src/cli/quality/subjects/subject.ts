// What is measured about one detector: faults that it must find, and how it is known what they did.
import type { Change } from '../../../core/change.ts';
import type { Recipe } from '../../../core/recipe.ts';
import type { Intervention } from '../../../core/timeline.ts';
import type { Draw } from '../draw.ts';
import type { Trial } from '../trial.ts';
import type { MakeTruth } from '../truth.ts';

/** One way to make the fault. */
export interface Kind {
  /** As in the breakdown. */
  readonly label: string;
  /** How many of every round of trials are of this kind. */
  readonly weight: number;
  make(draw: Draw): Omit<Trial, 'label'>;
}

export interface Subject {
  /** Id of its detector. */
  readonly id: string;
  /** Trials in a full measurement: enough for 150 effective ones. */
  readonly trials: number;
  readonly kinds: readonly Kind[];
  /** Whether such a change can be a fault that its detector must find; decides for runs from outside which truths apply. */
  concerns(change: Change, recipe: Recipe): boolean;
  readonly truth: MakeTruth;
  /** Its truth judges controls as well: one that is not clearly healthy is left out for this detector. */
  readonly judgesControls: boolean;
}

/** The kind whose turn it is: kinds alternate by their weights, so that any part of the trials is like the whole. */
export function kindAt<K extends { readonly weight: number }>(kinds: readonly K[], number: number): K {
  const turns = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  // A stride that shares no divisor with the number of turns visits all of them.
  const stride = [7, 11, 13].find((prime) => turns.length % prime !== 0) ?? 1;
  const kind = turns[(number * stride) % turns.length];
  if (!kind) throw new Error('kinds: the list is empty; a group has at least one');
  return kind;
}

export function fault(at: number, by: string, change: Change): Intervention {
  return { at, by, change };
}

/** The recipe with these entries as its timeline. */
export function withTimeline(recipe: Recipe, ...timeline: readonly Intervention[]): Recipe {
  return { ...recipe, timeline };
}
