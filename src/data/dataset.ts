// What every dataset hands to an engine: sets of examples and how to read them.
import type { Recipe } from '../core/recipe.ts';

/** `count` examples of `features` numbers, example by example. u8 inputs stand for value ÷ 255. */
export interface Samples {
  readonly count: number;
  readonly inputs: Float32Array | Uint8Array;
  /** Class of each example, from 0. */
  readonly labels: Uint8Array;
}

export interface Dataset {
  readonly id: string;
  readonly features: number;
  readonly classes: number;
  readonly train: Samples;
  readonly validation: Samples;
  /**
   * What users send while nothing has drifted: as many examples of the same distribution as `validation`, neither trained nor validated on.
   * Only where the data is used up does it share examples with the validation set, at worst all of them.
   */
  readonly production: Samples;
  /** Height and width in pixels where an example is an image. */
  readonly image: { readonly height: number; readonly width: number } | null;
}

/** Fetches a prepared file by its path under `public/`, reporting bytes as they arrive (total 0 = unknown). */
export type FileLoader = (
  path: string,
  progress: (loaded: number, total: number) => void,
) => Promise<Uint8Array<ArrayBuffer>>;

export interface LoadContext {
  readonly file: FileLoader;
  readonly progress: (loaded: number, total: number) => void;
}

/** A dataset that a recipe can name. */
export interface DatasetPart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What a network learns on it: “A network is learning …”. */
  readonly task: string;
  /** Points lie in the plane; a table has rows of more measurements than two. */
  readonly kind: 'points' | 'images' | 'table';
  /** Names of a table's columns, first to last; empty for points and images. */
  readonly columns: readonly string[];
  /** Numbers of classes that it can have. */
  readonly classes: { readonly low: number; readonly high: number };
  /** Draws or loads the examples; the same recipe gives the same examples. */
  load(recipe: Recipe, context: LoadContext): Promise<Dataset>;
}

/** Factor from a stored input to the number that the network sees. */
export function inputScale(samples: Samples): number {
  return samples.inputs instanceof Uint8Array ? 1 / 255 : 1;
}
