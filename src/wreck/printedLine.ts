// One line that a program printed as the names and numbers in it: `iter 100: loss 2.31, lr 1e-3`, `{'loss': 2.31}`, `[640/60000 (1%)] Loss: 2.3`.
import { readName } from './columns.ts';

export type Pair = readonly [name: string, cell: string];

export interface PrintedLine {
  readonly pairs: readonly Pair[];
  /** `469/938` without a name, as progress bars and batches have it: how far, and of how many. */
  readonly position: readonly [at: string, of: string] | undefined;
}

/** Beyond it a line is no print-out of numbers. */
const mostCharacters = 4000;
const mostWords = 5;

/** A word, a number that nothing is glued to, or any other character. Each part is bounded, so that no line takes long. */
const token =
  /(?<word>[a-z_][\w/.-]{0,80})|(?<number>[+-]?(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,4})?(?!\.?\w|[:-]\d))|(?<mark>\S)/gi;
const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;
/** How Python prints a number that is in something: `tensor(0.3)`, `np.float64(0.3)`. */
const wrapper = /^(?:tensor|array|(?:np|numpy|jnp|torch)\.\w+|deviceArray|float\d*)$/i;
/** Words before a name that are none of it: a logger's level, and what is said of every number. */
const idle =
  /^(?:debug|info|warn(?:ing)?|notice|log(?:ger)?|avg|average|mean|cur(?:rent)?|running|the|at|in|set|and|train(?:ing)?|inner|val(?:id|idation)?|eval(?:uation)?|test|dev)$/i;
const heldOut = /^(?:val(?:id|idation)?|eval(?:uation)?|test|dev)$/i;
const training = /^train(?:ing)?$/i;
/** Between a name and its number, and no part of either. */
const transparent = new Set(['"', "'", '`', '[', '(', '*', '#']);

/** The longest end of these words that says what it is, behind words that say nothing. */
function knownName(words: readonly string[]): string | undefined {
  for (let from = 0; from < words.length; from++) {
    const name = words.slice(from).join(' ');
    if (readName(name).use !== 'none') return name;
    if (!idle.test(words[from] ?? '')) return undefined;
  }
  return undefined;
}

class LineReader {
  readonly #pairs: (readonly [name: string, cell: string])[] = [];
  #words: string[] = [];
  /** A colon or an equals sign stood behind the words. */
  #assigned = false;
  #phase: 'training' | 'held out' | undefined;
  /** What a `/` and a number make a fraction of: the last number, with the pair that it made. */
  #numerator: { readonly cell: string; readonly pair: number | undefined } | undefined;
  #slash = false;
  #position: readonly [string, string] | undefined;

  read(text: string): PrintedLine {
    for (const { groups = {} } of text.slice(0, mostCharacters).matchAll(token)) {
      const { word, number, mark } = groups;
      if (number !== undefined) this.#number(number.replaceAll(',', ''));
      else if (word !== undefined) this.#word(word);
      else if (mark !== undefined) this.#mark(mark);
    }
    return { pairs: this.#pairs, position: this.#position };
  }

  #word(written: string): void {
    const word = written.replace(/[.-]+$/, '');
    if (this.#awaitsNumber) {
      if (notFinite.test(word)) {
        this.#number(word);
        return;
      }
      if (wrapper.test(word)) return;
    }
    if (this.#assigned) this.#forget();
    this.#numerator = undefined;
    if (heldOut.test(word)) this.#phase = 'held out';
    else if (training.test(word)) this.#phase = 'training';
    this.#words.push(word);
    if (this.#words.length > mostWords) this.#words.shift();
  }

  get #awaitsNumber(): boolean {
    return this.#words.length > 0 && (this.#assigned || knownName(this.#words) !== undefined);
  }

  #number(cell: string): void {
    if (this.#slash && this.#numerator) {
      this.#fraction(this.#numerator, cell);
      return;
    }
    const name = knownName(this.#words) ?? (this.#assigned ? this.#words.join(' ') : undefined);
    this.#numerator = { cell, pair: name === undefined ? undefined : this.#pairs.length };
    if (name !== undefined) this.#pairs.push([this.#inPhase(name), cell]);
    this.#forget();
  }

  /** `Accuracy: 9813/10000` is a share, `Epoch 3/10` the third, `469/938` a position. */
  #fraction({ cell, pair }: { readonly cell: string; readonly pair: number | undefined }, of: string): void {
    const made = pair === undefined ? undefined : this.#pairs[pair];
    const use = made && readName(made[0]).use;
    if (made && pair !== undefined && (use === 'accuracy' || use === 'validation_accuracy'))
      this.#pairs[pair] = [made[0], String(Number(cell) / Number(of))];
    if (!made) this.#position ??= [cell, of];
    this.#numerator = undefined;
    this.#slash = false;
  }

  #mark(mark: string): void {
    if (mark === '/' && this.#numerator) {
      this.#slash = true;
      return;
    }
    this.#numerator = undefined;
    this.#slash = false;
    if ((mark === ':' || mark === '=') && this.#words.length > 0) this.#assigned = true;
    else if (!transparent.has(mark) && mark !== ')' && mark !== ']') this.#forget();
  }

  /** What a program prints of a held-out set it names once: `Test set: loss 0.3, accuracy 0.9`. */
  #inPhase(name: string): string {
    const { use } = readName(name);
    const isMeasured = use === 'loss' || use === 'accuracy';
    return this.#phase === 'held out' && isMeasured ? `val ${name}` : name;
  }

  #forget(): void {
    this.#words = [];
    this.#assigned = false;
  }
}

/** Linear in the length of the line. */
export function readPrintedLine(text: string): PrintedLine {
  return new LineReader().read(text);
}
