// What of a link counts for nothing, in sentences: it would change nothing and say nothing.
import { nearestName, thereAre } from '../core/nearest.ts';
import { printable } from '../core/printable.ts';
import type { Recipe, RecipeProblem } from '../core/recipe.ts';
import type { Intervention } from '../core/timeline.ts';
import { scenarios } from './index.ts';
import { knownKeys, thresholdKey, timelineKey } from './linkKeys.ts';
import { readThreshold } from './linkThreshold.ts';
import { writeEntry } from './writeLink.ts';

/** A misspelt field would otherwise change nothing and say nothing. */
function unknownKeys(parameters: URLSearchParams): readonly RecipeProblem[] {
  return [...new Set(parameters.keys())]
    .filter((key) => key !== '' && !knownKeys.includes(key))
    .map((key) => ({
      field: key,
      value: parameters.get(key),
      reason: `it was left out: ${thereAre(knownKeys, key)}`,
    }));
}

/** How the scenarios write an entry of this name, or of one that is nearly this. */
function exampleOf({ by, at }: Intervention): string {
  const entries = scenarios.flatMap(({ recipe }) => recipe.timeline);
  const named = (name: string | undefined) => entries.find((entry) => entry.by === name);
  const names = entries.map((entry) => entry.by);
  const entry = named(by) ?? named(nearestName(names, by));
  return entry ? writeEntry({ ...entry, at }) : `${at},${by},learningRate=0.1`;
}

/** A name alone is no change, and neither is a misspelt one: it would do nothing and say nothing. */
export function emptyEntries({ timeline }: Recipe): readonly RecipeProblem[] {
  return timeline
    .filter(({ change, rewindTo }) => {
      const isSet = change.kind === 'set' && Object.keys(change.settings).length === 0;
      return isSet && rewindTo === undefined;
    })
    .map((entry) => {
      const reason = `it changes nothing: behind the name goes what it changes, as in ${exampleOf(entry)}`;
      return { field: timelineKey, value: writeEntry(entry), reason };
    });
}

/** Of these a link may have several. */
const severalKeys: readonly string[] = [timelineKey, thresholdKey, 'hide'];

/** Of a key that stands there twice only one counts: the other would change nothing and say nothing. */
function repeatedKeys(parameters: URLSearchParams): readonly RecipeProblem[] {
  return knownKeys
    .filter((key) => !severalKeys.includes(key))
    .flatMap((field) => {
      const [first = '', ...others] = parameters.getAll(field);
      const reason = `it was left out: “${field}” stands there ${others.length + 1} times, and the first counts, ${printable(first)}`;
      return others.length === 0 ? [] : [{ field, value: others.at(-1), reason }];
    });
}

/** Of one name the last counts; the first is told, where it says something else. */
function repeatedThresholds(parameters: URLSearchParams): readonly RecipeProblem[] {
  const all = parameters.getAll(thresholdKey).map((text) => [readThreshold(text)[0], text] as const);
  const last = new Map(all);
  return [...new Map(all.toReversed())].flatMap(([name, value]) => {
    const counts = last.get(name) ?? value;
    const reason = `it was left out: the last of its name counts, ${printable(counts)}`;
    return counts === value ? [] : [{ field: thresholdKey, value, reason }];
  });
}

/** Keys that mean nothing, or stand there twice. */
export function leftOut(parameters: URLSearchParams): readonly RecipeProblem[] {
  return [unknownKeys, repeatedKeys, repeatedThresholds].flatMap((find) => find(parameters));
}
