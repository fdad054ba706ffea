// What is wrong with a link in the link's own words: there the timeline is its `do`s, and the version is `v`.
import type { RecipeProblem } from '../core/recipe.ts';

/** Fields of an entry that a link writes without a name, or with another one. */
const entryWords: Readonly<Partial<Record<string, string>>> = { at: 'step', by: 'name', rewindTo: 'rewind' };
const endings: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

/** “1st”, “12th”. */
function ordinal(position: number): string {
  return `${position}${endings[ordinals.select(position)] ?? 'th'}`;
}

/** @param hasEntries the link has a `do`; otherwise the timeline is its scenario's */
function fieldWords(field: string, hasEntries: boolean): string {
  if (field === 'version') return 'v';
  if (field === 'timeline') return 'do';
  if (field.startsWith('thresholds.')) return `threshold ${field.slice('thresholds.'.length)}`;
  const [, index, part] = /^timeline\.(\d+)(?:\.change)?(?:\.settings)?(?:\.(.+))?$/s.exec(field) ?? [];
  if (index === undefined) return field;
  const entry = hasEntries
    ? `the ${ordinal(Number(index) + 1)} do=`
    : `the scenario’s ${ordinal(Number(index) + 1)} entry`;
  return part === undefined ? entry : `${entryWords[part] ?? part} of ${entry}`;
}

/** @param search the link that they were found in */
export function inLinkWords(problems: readonly RecipeProblem[], search: string): readonly RecipeProblem[] {
  const hasEntries = new URLSearchParams(search).has('do');
  return problems.map(({ field, ...others }) => ({ field: fieldWords(field, hasEntries), ...others }));
}
