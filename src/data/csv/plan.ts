// How a table becomes examples, as one word of a recipe: `9f86d081884c7d65:penguins.csv:344x6:nnnxct:fill`.
// Fingerprint of the cells, name, rows × inputs that come of it, one letter per column, then whatever is not as usual.
import { regressionWord } from './regression.ts';
import type { Role } from './survey.ts';

const missingWays = ['leave-out', 'fill', 'category'] as const;
/** Leave rows out; the mean or the most frequent in their place; a category of its own. */
export type MissingWay = (typeof missingWays)[number];

export interface OwnPlan {
  readonly fingerprint: string;
  readonly name: string;
  /** Examples that come of it. */
  readonly rows: number;
  /** Numbers of each. */
  readonly inputs: number;
  readonly roles: readonly Role[];
  readonly header: boolean;
  readonly decimalComma: boolean;
  /** Empty = the one guessed. */
  readonly delimiter: string;
  readonly missing: MissingWay;
  /** Text in a column of numbers counts as missing. */
  readonly textIsMissing: boolean;
  /** Classes that a target of numbers is cut into, of about equal size; 0 = each value is a class. */
  readonly bins: number;
  /** The target is learned as a number. */
  readonly regression: boolean;
}

const separatorWords: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};
const spelt =
  /^([0-9a-f]{16}):([\w.-]{1,40}):(\d{1,6})x(\d{1,3}):([nctx]{1,256})((?::[a-z0-9-]{1,16}){0,8})$/;

/** A name that can stand in a link: letters, digits, point, hyphen. */
function linkName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').slice(-40) || 'table';
}

export function spellPlan(plan: OwnPlan): string {
  const words = [
    `${plan.fingerprint}:${linkName(plan.name)}:${plan.rows}x${plan.inputs}:${plan.roles.join('')}`,
    plan.header ? '' : 'no-header',
    plan.decimalComma ? 'decimal-comma' : '',
    separatorWords[plan.delimiter] ?? '',
    plan.missing === 'leave-out' ? '' : plan.missing,
    plan.textIsMissing ? 'text-missing' : '',
    plan.bins > 0 ? `bins-${plan.bins}` : '',
    plan.regression ? regressionWord : '',
  ];
  return words.filter((word) => word !== '').join(':');
}

/** The plan that a word spells, or undefined. */
export function readPlan(text: string): OwnPlan | undefined {
  const [, fingerprint = '', name = '', rows, inputs, roles = '', rest = ''] = spelt.exec(text) ?? [];
  if (fingerprint === '') return undefined;
  const words = rest.split(':').slice(1);
  const missing = missingWays.find((way) => words.includes(way)) ?? 'leave-out';
  const bins = Number(words.find((word) => word.startsWith('bins-'))?.slice(5) ?? 0);
  const delimiter = Object.entries(separatorWords).find(([, word]) => words.includes(word))?.[0] ?? '';
  const plan: OwnPlan = {
    fingerprint,
    name,
    rows: Number(rows),
    inputs: Number(inputs),
    roles: roles.split('') as Role[],
    header: !words.includes('no-header'),
    decimalComma: words.includes('decimal-comma'),
    delimiter,
    missing,
    textIsMissing: words.includes('text-missing'),
    bins,
    regression: words.includes(regressionWord),
  };
  return spellPlan(plan) === text ? plan : undefined;
}
