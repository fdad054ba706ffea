// What the page needs to say an error in a target's own units: its range, and how much it varies where it is validated.
import { labelScale, type Dataset, type Target } from './dataset.ts';
import { momentsOf } from './moments.ts';

export interface TargetMeasure extends Target {
  /** Of the validation set's targets, as shares of the range: the squared error of always answering their mean. */
  readonly variance: number;
}

/** Null where classes are learned. */
export function targetMeasure(dataset: Dataset): TargetMeasure | null {
  const { target, validation } = dataset;
  if (!target) return null;
  const { levels } = labelScale(dataset);
  const { deviation } = momentsOf(validation.count, (k) => (validation.labels[k] ?? 0) / (levels - 1));
  return { ...target, variance: deviation ** 2 };
}
