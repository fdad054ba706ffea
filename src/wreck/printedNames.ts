// Which words in front of a printed number are its name, and what a program says of held-out data.
import { readName } from './columns.ts';

/** Longer is a sentence. */
const mostWords = 4;

/** Words before a name that are none of it: a logger's level, what was done, and what is said of every number. */
const idle = new RegExp(
  `^(?:${[
    'debug|info|warn(?:ing)?|notice|log(?:ger)?|root|main|trainer|rank\\d*|stdout|stderr|f|p',
    'avg|average|mean|cur(?:rent)?|running|the|at|in|set|and|of|for|on|to|after|before|during|inner|global',
    'train(?:ing)?|val(?:id|idation)?|eval(?:uation)?|test|dev',
    'complet(?:e|ed|ing)|finish(?:ed|ing)?|start(?:ed|ing)?|begin(?:ning)?|end(?:ed|ing)?|done|sav(?:ed|ing)|results?|metrics|stats|summary',
  ].join('|')})$`,
  'i',
);
const heldOut = /^(?:val(?:id|idation)?|eval(?:uation|uating)?|test(?:ing)?|dev|valid_0)$/i;
const training = /^(?:train(?:ing)?|learn)$/i;

export type Phase = 'training' | 'held out';

/** What a word says of the numbers behind it; undefined = nothing. */
export function phaseOf(word: string): Phase | undefined {
  if (heldOut.test(word)) return 'held out';
  return training.test(word) ? 'training' : undefined;
}

/** The phase that a line without numbers announces: `Validation:`, `Test Error:`. */
export function announcedPhase(line: string): Phase | undefined {
  const words = line.trim().split(/[^a-z_]+/i);
  return words.length <= mostWords + 1 && /[:\])=-]\s*$/.test(line)
    ? words.map(phaseOf).findLast((phase) => phase !== undefined)
    : undefined;
}

/** The longest end of these words that says what it is, behind words that say nothing. */
export function knownName(words: readonly string[]): string | undefined {
  for (let from = 0; from < words.length; from++) {
    const name = words.slice(from).join(' ');
    if (words.length - from <= mostWords && readName(name).use !== 'none') return name;
    if (!idle.test(words[from] ?? '')) return undefined;
  }
  return undefined;
}

/** A single word that is not known, but names the number behind it: `norm 15.3`. */
export function isPlainName(words: readonly string[]): boolean {
  const [word = ''] = words;
  return words.length === 1 && word.length > 1 && !idle.test(word);
}

export type Clock = 'step' | 'epoch';

export function clockOf(name: string): Clock | undefined {
  const { use } = readName(name);
  return use === 'step' || use === 'epoch' ? use : undefined;
}

/** What a program prints of a held-out set it names once: `Test set: loss 0.3, accuracy 0.9`. */
export function inPhase(name: string, phase: Phase | undefined): string {
  const { use } = readName(name);
  return phase === 'held out' && (use === 'loss' || use === 'accuracy') ? `val ${name}` : name;
}
