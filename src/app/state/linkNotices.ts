// What the page says of keys in its address that count for nothing: a few by name, the others by their number.
import { describeProblem, type RecipeProblem } from '../../core/recipe.ts';
import { printable } from '../../core/printable.ts';

const mostNamed = 4;

/**
 * @param besideLesson keys that the lesson of the link does not heed
 * @param besideCall those that its call does not heed
 */
export function linkNotices(
  ignored: readonly RecipeProblem[],
  besideLesson: readonly string[],
  besideCall: readonly string[] = [],
): readonly string[] {
  // One is enough: left out is left out.
  const unsaid = ignored.filter(({ field }) => ![...besideLesson, ...besideCall].includes(field));
  const named = unsaid.slice(0, mostNamed).map(describeProblem);
  const others = unsaid.length - named.length;
  return [
    ...named,
    ...(others > 0 ? [`The link has ${others} more keys that mean nothing here; they were left out.`] : []),
    ...(besideLesson.length > 0
      ? [`A lesson has a run of its own: ${listed(besideLesson)} of the link was left out.`]
      : []),
    ...(besideCall.length > 0
      ? [`Call it has a run of its own: ${listed(besideCall)} of the link was left out.`]
      : []),
  ];
}

function listed(keys: readonly string[]): string {
  const named = keys.slice(0, mostNamed).map((key) => printable(key));
  const others = keys.length - named.length;
  return others > 0 ? `${named.join(', ')} and ${others} more` : named.join(', ');
}
