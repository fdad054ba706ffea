// 100,000 query strings: never an exception, always a recipe and plain words, in bounded time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkNotices } from '../../src/app/state/linkNotices.ts';
import { readAddress } from '../../src/app/state/readAddress.ts';
import { describeProblem, type Recipe } from '../../src/core/recipe.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { readLink } from '../../src/scenarios/link.ts';
import { writeLink } from '../../src/scenarios/writeLink.ts';
import { queryStrings } from './queryStrings.ts';

const links = 100_000;
const seed = 20_261_123;
/** Control characters, those that turn the direction of writing, and halves of a surrogate pair: they would garble the message. */
const garbling = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const longestMessage = 2000;
/** Four keys by name, the others by their number, and those beside a lesson or a call. */
const mostNotices = 6;

function isPlain(text: string): boolean {
  return text !== '' && text.length <= longestMessage && !garbling.test(text);
}

/** As JSON holds it: −0 is 0. */
const written = (recipe: Recipe): string => JSON.stringify(recipe);

/** Whatever it was read from: it parses to itself, and what is written of it reads back as it, so that it is written the same again. */
function isFixedPoint(recipe: Recipe): boolean {
  const again = readLink(writeLink(recipe));
  return (
    written(parseRecipe(recipe)) === written(recipe) &&
    again.problems.length === 0 &&
    // An entry that changes nothing is kept, and told.
    again.ignored.every(({ field }) => field === 'do') &&
    written(again.recipe) === written(recipe)
  );
}

test(
  '100,000 links of every kind of damage: a recipe that can be trained, problems with names, messages in plain text',
  { timeout: 240_000 },
  () => {
    const own = new Set<Recipe>(scenarios.map(({ recipe }) => recipe));
    expect([...own].filter((recipe) => !isFixedPoint(recipe))).toEqual([]);
    const counts = { links: 0, clean: 0, problems: 0, ignored: 0, lessons: 0, characters: 0 };
    let slowest = 0;
    const begun = performance.now();

    /** One comparison per link: an `expect` for each would take longer than the reading. */
    const fault = (search: string): string | undefined => {
      const start = performance.now();
      const { recipe, scenario, engine, pace, problems, ignored, lesson, besideCall } = readAddress(search);
      slowest = Math.max(slowest, performance.now() - start);
      counts.links++;
      counts.characters += search.length;
      if (problems.length > 0) counts.problems++;
      else if (ignored.length > 0) counts.ignored++;
      else counts.clean++;
      if (lesson.entry) counts.lessons++;
      if (typeof engine !== 'string' || !['string', 'number'].includes(typeof pace)) return 'its conditions';
      if (problems.some(({ field, reason }) => field === '' || reason === ''))
        return 'a problem without a name';
      if (!problems.map(describeProblem).every(isPlain))
        return problems.map(describeProblem).find((text) => !isPlain(text));
      const notices = linkNotices(ignored, lesson.ignored, lesson.entry ? [] : besideCall);
      if (notices.length > mostNotices || !notices.every(isPlain)) return notices.join('\n');
      if (readLink(search).problems.length > 0 && recipe !== scenario.recipe)
        return 'another recipe than its scenario’s';
      return own.has(recipe) || isFixedPoint(recipe) ? undefined : 'no fixed point';
    };
    fc.assert(
      fc.property(queryStrings, (search) => {
        const found = fault(search);
        if (found !== undefined) throw new Error(`${found}: ${search.slice(0, 300)}`);
      }),
      { numRuns: links, seed },
    );

    const seconds = (performance.now() - begun) / 1000;
    console.log(
      `${counts.links} links (${counts.clean} clean, ${counts.ignored} with keys left out, ${counts.problems} with problems, ${counts.lessons} to lessons; ${(counts.characters / 1e6).toFixed(0)} million characters) in ${seconds.toFixed(1)} s, ${Math.round(counts.links / seconds)} a second; the slowest took ${slowest.toFixed(0)} ms to read`,
    );
    expect(counts.links).toBeGreaterThanOrEqual(links);
    for (const kind of [counts.clean, counts.ignored, counts.problems, counts.lessons])
      expect(kind).toBeGreaterThan(links / 500);
    expect(slowest).toBeLessThan(2000);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, 'at')).toBeUndefined();
  },
);
