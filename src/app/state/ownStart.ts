// A run on a person's own table: the recipe that it begins with, and its story.
import type { Recipe } from '../../core/recipe.ts';
import { counted } from '../../core/wording.ts';
import type { OwnTable } from '../../data/csv/ownTable.ts';
import { untrainedClasses } from '../../data/csv/split.ts';
import { written } from '../../data/csv/targetRange.ts';
import { parseRecipe } from '../../data/index.ts';
import { readLink } from '../../scenarios/link.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { keptTable } from './machineStore.ts';

export interface OwnStart {
  readonly table: OwnTable;
  readonly scenario: Scenario;
}

const most = { train: 16_000, validation: 4000 } as const;

/** Three fifths to train on, one to validate, one that nobody sees before it is shipped. */
function splitOf(rows: number): { readonly train: number; readonly validation: number } {
  const validation = Math.min(most.validation, Math.max(1, Math.floor(rows / 5)));
  return { train: Math.min(most.train, rows - 2 * validation), validation };
}

/** The largest power of two that leaves eight batches to an epoch, 4 to 128. */
function batchOf(train: number): number {
  return 2 ** Math.min(7, Math.max(2, Math.floor(Math.log2(train / 8))));
}

function lossOf({ range, classes }: OwnTable): Recipe['loss'] {
  if (range) return 'squared-error';
  return classes.length > 2 ? 'softmax-cross-entropy' : 'sigmoid-cross-entropy';
}

/** Of numbers from 0 to 1 the error of a fresh network is large: its first gradients are as large as those that explode elsewhere, and steps of a tenth throw it about. */
const forNumbers = { learningRate: 0.03, thresholds: { 'exploding-gradient.norm': 50 } };

function ownRecipe(table: OwnTable): Recipe {
  const { train, validation } = splitOf(table.rows);
  return parseRecipe({
    data: 'own',
    own: table.plan,
    classes: table.classes.length,
    train,
    validation,
    hidden: [16, 16],
    loss: lossOf(table),
    batch: batchOf(train),
    ...(table.range && forNumbers),
  });
}

/** Classes of so few rows that the seed took none to train on. */
function untrainedNote(recipe: Recipe, table: OwnTable): string {
  const names = untrainedClasses(recipe, table).map((name) => `“${name}”`);
  if (names.length === 0) return '';
  return ` None of the ${counted(recipe.train, 'row')} that it trains on has ${names.join(' or ')}: that cannot be learned.`;
}

export function ownStory(table: OwnTable): OwnStart {
  const { title, rows, inputs, target, classes, range } = table;
  const shown = range
    ? `a number from ${written(range.low)} to ${written(range.high)}. Right is within a tenth of that range`
    : classes.length > 4
      ? `${classes.slice(0, 3).join(', ')} and ${classes.length - 3} more`
      : classes.join(', ');
  const recipe = ownRecipe(table);
  const scenario: Scenario = {
    id: 'own',
    title,
    group: 'Bring your own',
    story: `${counted(rows, 'row')}, ${counted(inputs.length, 'input')}. It learns ${target}: ${shown}.${untrainedNote(recipe, table)}`,
    cause: 'Nothing was broken on purpose.',
    signal: 'Whatever the lamps say, they say of your data.',
    recipe,
    steps: 1000,
    expected: [],
    remedies: [],
  };
  return { table, scenario };
}

/** Of the table that an address names, where it is on this machine. */
export async function ownStart(search: string): Promise<OwnStart | undefined> {
  const { recipe } = readLink(search);
  const table = recipe.data === 'own' ? await keptTable(recipe.own) : undefined;
  return table && ownStory(table);
}
