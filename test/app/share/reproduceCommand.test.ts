// What Share says of making a run again without a page is a command that there is, and makes that run.
import { expect, test } from 'vitest';
import { reproduceCommand } from '../../../src/app/share/reproduceCommand.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { run, recipeFile, smallRecipe } from '../../cli/reproduction.ts';

test('it trains the recipe in the zip, whatever was pressed, and not the scenario as it was', async () => {
  const recipe = parseRecipe(smallRecipe);
  const args = reproduceCommand(recipe)?.replace('npm run reproduce -- ', '').split(' ') ?? [];
  expect(args.slice(2)).toEqual(['--out', 'DIR']);
  const file = recipeFile(`${JSON.stringify(recipe, null, 2)}\n`);
  const done = await run([...args.slice(0, 1), file, '--steps', '60']);
  expect(done.status).toBe(0);
  expect(parseRecipe(JSON.parse(done.read('recipe.json')))).toEqual(recipe);
});

test('it names no lesson or call as if it were a scenario', () => {
  expect(reproduceCommand({ data: 'circle' })).toBe('npm run reproduce -- --recipe recipe.json --out DIR');
});

test('of a table of one’s own there is none: only the page has it', () => {
  expect(reproduceCommand({ data: 'own' })).toBeUndefined();
});
