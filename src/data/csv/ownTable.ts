// A table that a person brought, as columns of numbers and codes: what the training thread is handed.
import type { Target } from '../dataset.ts';

export type OwnColumn =
  /** NaN = missing: the training set's mean stands in its place. */
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly values: Float64Array<ArrayBuffer>;
      /** An input of its own says where it was missing. */
      readonly marksMissing: boolean;
    }
  /** One input per category, 1 where it is the row's own. */
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly categories: readonly string[];
      readonly codes: Uint8Array<ArrayBuffer>;
    };

export interface OwnTable {
  /** As recipes name it: `readPlan` reads what was made of which cells. */
  readonly plan: string;
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly OwnColumn[];
  /** Names of the inputs that the columns make. */
  readonly inputs: readonly string[];
  readonly target: string;
  /** Where the target is learned as a number. */
  readonly range: Target | null;
  /** Names of the classes, first to last; their numbers are `labels`. Of a number: its lower and its upper half. */
  readonly classes: readonly string[];
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Names of the inputs that the columns make. */
export function inputNames(columns: readonly OwnColumn[]): readonly string[] {
  return columns.flatMap((column) => {
    if (column.kind === 'category')
      return column.categories.map((category) => `${column.name} = ${category}`);
    return column.marksMissing ? [column.name, `${column.name} missing`] : [column.name];
  });
}
