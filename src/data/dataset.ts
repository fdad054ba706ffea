// What every dataset hands to an engine: sets of examples and how to read them.
import type { Recipe } from '../core/recipe.ts';
import type { OwnTable } from './csv/ownTable.ts';

/** `count` examples of `features` numbers, example by example. u8 inputs stand for value ÷ 255. */
export interface Samples {
  readonly count: number;
  readonly inputs: Float32Array | Uint8Array;
  /** Class of each example, from 0; of numbers, how far up the target's range it lies, 0 to 255. */
  readonly labels: Uint8Array;
}

/** A target of numbers: label 0 stands for the lowest of a table, label 255 for the highest. */
export interface Target {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** What the labels of a dataset stand for. */
export interface LabelScale {
  /** Values that a label can take: a single output unit learns 0 for the first of them, 1 for the last. */
  readonly levels: number;
  /** Labels below it are of the first class; of numbers, of the lower half. A swapped batch moves labels by as many. */
  readonly first: number;
  /** How far a single output may be from what it should be, and still be right. */
  readonly tolerance: number;
}

export interface Dataset {
  readonly id: string;
  readonly features: number;
  /** Of numbers two: the lower half of the target's range and the upper. */
  readonly classes: number;
  /** Null where classes are learned. */
  readonly target: Target | null;
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
  /** The table that a person brought, where there is one. */
  readonly own?: OwnTable | undefined;
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
  /** How many there are to split; infinite where they are drawn. */
  readonly examples: (recipe: Pick<Recipe, 'own'>) => number;
  /** Numbers of classes that it can have. */
  readonly classes: { readonly low: number; readonly high: number };
  /** Draws or loads the examples; the same recipe gives the same examples. */
  load(recipe: Recipe, context: LoadContext): Promise<Dataset>;
}

/** Within a tenth of the range is right: whatever reads a share of right ones reads that one. */
const ofNumbers: LabelScale = { levels: 256, first: 128, tolerance: 0.1 };

export function labelScale({ classes, target }: Pick<Dataset, 'classes' | 'target'>): LabelScale {
  return target ? ofNumbers : { levels: classes, first: 1, tolerance: 0.5 };
}

/** The class of a label, as examples are drawn and counted. */
export function classOfLabel(dataset: Pick<Dataset, 'classes' | 'target'>, label: number): number {
  return dataset.target ? Number(label >= labelScale(dataset).first) : label;
}

/** One in so many is right by chance: of numbers a fifth of the range, a tenth to either side. */
export function chanceOf({
  classes,
  target,
}: {
  readonly classes: number;
  readonly target: Target | null;
}): number {
  return target ? 5 : classes;
}

/** Factor from a stored input to the number that the network sees. */
export function inputScale(samples: Samples): number {
  return samples.inputs instanceof Uint8Array ? 1 / 255 : 1;
}
