// A person's own table as a dataset: split by the seed, numbers standardised by the training set, categories one input each.
import { RecipeError, type Recipe } from '../../core/recipe.ts';
import type { Dataset, Samples } from '../dataset.ts';
import { momentsOf } from '../moments.ts';
import { checkSplit, productionStart } from '../preparedFile.ts';
import type { OwnColumn, OwnTable } from './ownTable.ts';
import { drawnRows } from './split.ts';

/** Writes the inputs of one column for table row `row` from `offset` on. */
type Writer = (row: number, into: Float32Array, offset: number) => void;

interface Inputs {
  readonly width: number;
  readonly write: Writer;
}

function categoryInputs({ codes, categories }: Extract<OwnColumn, { kind: 'category' }>): Inputs {
  return {
    width: categories.length,
    write: (row, into, offset) => {
      into[offset + (codes[row] ?? 0)] = 1;
    },
  };
}

/** What 32 bits hold at most: a value so far from those trained on is as far as it can be told. */
const farthest = 2 ** 127;
/** Below this share of the largest value, a deviation is what rounding leaves of numbers that are all the same. */
const rounding = 1e-12;

/** The power of two at the largest value: divided by it, squares stay finite, and no digit of an ordinary table changes. */
function scaleOf(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return 2 ** Math.max(-1000, Math.floor(Math.log2(largest)));
}

/** Less the mean of some values, divided by their deviation. */
function standardiser(known: readonly number[]): (value: number) => number {
  const scale = scaleOf(known);
  const { mean, deviation } = momentsOf(known.length, (k) => (known[k] ?? 0) / scale);
  const divisor = deviation > rounding ? deviation : 1 / scale;
  return (value) => Math.max(-farthest, Math.min(farthest, (value / scale - mean) / divisor));
}

/** Mean and deviation are those of the training rows: what a network is served in production cannot be known before. */
function numberInputs(
  { values, marksMissing }: Extract<OwnColumn, { kind: 'number' }>,
  training: readonly number[],
): Inputs {
  const standardised = standardiser(
    training.map((row) => values[row] ?? NaN).filter((value) => !Number.isNaN(value)),
  );
  return {
    width: marksMissing ? 2 : 1,
    write: (row, into, offset) => {
      const value = values[row] ?? NaN;
      const isMissing = Number.isNaN(value);
      into[offset] = isMissing ? 0 : standardised(value);
      if (marksMissing) into[offset + 1] = isMissing ? 1 : 0;
    },
  };
}

function samplesOf(table: OwnTable, rows: readonly number[], columns: readonly Inputs[]): Samples {
  const features = columns.reduce((sum, { width }) => sum + width, 0);
  const inputs = new Float32Array(rows.length * features);
  rows.forEach((row, k) => {
    let offset = k * features;
    for (const { width, write } of columns) {
      write(row, inputs, offset);
      offset += width;
    }
  });
  return { count: rows.length, inputs, labels: Uint8Array.from(rows, (row) => table.labels[row] ?? 0) };
}

/** @throws RecipeError where the table is not the recipe's, or has not enough rows for its split */
export function loadOwn(recipe: Recipe, table: OwnTable | undefined): Dataset {
  if (table?.plan !== recipe.own) {
    const reason = 'the table stays with whoever made the run: load its file under “Own data”';
    throw new RecipeError([{ field: 'own', value: recipe.own, reason }]);
  }
  if (recipe.classes !== table.classes.length) {
    const reason = `${table.title} has ${table.classes.length}`;
    throw new RecipeError([{ field: 'classes', value: recipe.classes, reason }]);
  }
  checkSplit(table.title, table.rows, 'rows', recipe);
  const pick = (from: number, count: number) => drawnRows(recipe, table.rows, from, count);
  const training = pick(0, recipe.train);
  const columns = table.columns.map((column) =>
    column.kind === 'category' ? categoryInputs(column) : numberInputs(column, training),
  );
  const part = (from: number) => samplesOf(table, pick(from, recipe.validation), columns);
  return {
    id: 'own',
    features: table.inputs.length,
    classes: table.classes.length,
    train: samplesOf(table, training, columns),
    validation: part(recipe.train),
    production: part(productionStart(table.rows, recipe)),
    target: table.range,
    image: null,
  };
}
