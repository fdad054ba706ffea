// One line that a program printed as the names and numbers in it: `iter 100: loss 2.31, lr 1e-3`, `{'loss': 2.31}`, `[640/60000 (1%)] Loss: 2.3`.
import { isShare, readName } from './columns.ts';
import { clockOf, inPhase, isPlainName, knownName, phaseOf, type Phase } from './printedNames.ts';

export type Pair = readonly [name: string, cell: string];

export interface PrintedLine {
  readonly pairs: readonly Pair[];
  /** `469/938` without a name, as progress bars and batches have it: how far, and of how many. */
  readonly position: readonly [at: string, of: string] | undefined;
}

/** Beyond it a line is no print-out of numbers. */
const mostCharacters = 4000;
const mostWords = 6;

const decimals = String.raw`\d{1,20}\.\d{0,30}|\.\d{1,30}|\d{1,20},\d{1,30}(?![,.\d])|\d{1,20}`;
const grouped = String.raw`[1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d{1,30})?(?![,\d])`;
/** A word, a number with the unit that is glued to it, or any other character. Each part is bounded, so that no line takes long. */
const token = new RegExp(
  [
    String.raw`(?<word>[a-z_][\w/.@-]{0,80})`,
    String.raw`(?<number>[+-]?(?:${grouped}|${decimals})(?:e[+-]?\d{1,4})?)(?<unit>f0|[a-zµ]{1,8}(?:/[a-zµ]{1,8})?)?(?!\w|\.\w|[:-]\d)`,
    String.raw`(?<mark>\S)`,
  ].join('|'),
  'gi',
);
const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;
/** How programs print a number that is in something: `tensor(0.3)`, `np.float64(0.3)`. */
const wrapper = /^(?:tensor|array|(?:np|numpy|jnp|torch)\.\w+|device_?array|float\d*)$/i;
/** Between a name and its number, and no part of either. */
const transparent = new Set(['"', "'", '`', '[', '(', ')', '*', '#']);

interface LastNumber {
  readonly cell: string;
  /** The pair that it made. */
  readonly pair: number | undefined;
}

class LineReader {
  readonly #pairs: (readonly [name: string, cell: string])[] = [];
  #words: string[] = [];
  /** A colon or an equals sign stood behind the words. */
  #assigned = false;
  /** In brackets behind a name: `loss (train)`, `Epoch(train)`. */
  #aside = false;
  #phase: Phase | undefined;
  #last: LastNumber | undefined;
  /** A `/` stood behind the last number. */
  #slash = false;
  #position: readonly [string, string] | undefined;
  /** A bar's clock whose own number was a percent: what it counts comes later, as in `Epoch: 50%|█| 5/10`. */
  #barClock: string | undefined;

  constructor(phase: Phase | undefined) {
    this.#phase = phase;
  }

  read(text: string): PrintedLine {
    for (const { groups = {}, index } of text.slice(0, mostCharacters).matchAll(token)) {
      const { word, number, unit = '', mark } = groups;
      if (number !== undefined) this.#number(number, unit);
      else if (word !== undefined) this.#word(word, text[index - 1] ?? '');
      else if (mark !== undefined) this.#mark(mark, text[index - 1] ?? '');
    }
    return { pairs: this.#pairs, position: this.#position };
  }

  #word(written: string, before: string): void {
    const word = written.replace(/[.-]+$/, '');
    if (this.#awaitsNumber) {
      if (notFinite.test(word)) {
        this.#number(word, '');
        return;
      }
      if (wrapper.test(word)) {
        this.#assigned = true;
        return;
      }
    }
    this.#phase = phaseOf(word) ?? this.#phase;
    if (this.#aside || (word === 's' && before === "'")) return;
    // Glued to a number that was none: part of a word as little as that.
    if (this.#assigned || /\d/.test(before)) this.#forget();
    this.#endNumber();
    if (!/\d/.test(before)) this.#words.push(word);
    if (this.#words.length > mostWords) this.#words.shift();
  }

  get #awaitsNumber(): boolean {
    return this.#words.length > 0 && (this.#assigned || knownName(this.#words) !== undefined);
  }

  #number(cell: string, unit: string): void {
    if (this.#aside) return;
    if (this.#slash && this.#last) {
      this.#fraction(this.#last, cell);
      return;
    }
    const name = this.#name();
    const isUsed = name !== undefined && !(unit !== '' && clockOf(name) !== undefined);
    this.#last = { cell, pair: isUsed ? this.#pairs.length : undefined };
    this.#slash = false;
    if (isUsed) this.#pairs.push([inPhase(name, this.#phase), cell]);
    this.#forget();
  }

  /** Behind `loss train: 2.4` a `val: 2.3` alone is the loss of the other. */
  #name(): string | undefined {
    const known = knownName(this.#words);
    if (known !== undefined) return known;
    const [only = ''] = this.#words;
    const isPhase = this.#words.length === 1 && phaseOf(only) !== undefined;
    if (isPhase && (only === 'learn' || this.#pairs.some(([name]) => /loss|learn/i.test(name))))
      return 'loss';
    if (this.#assigned) return this.#words.join(' ');
    return isPlainName(this.#words) ? only : undefined;
  }

  /** `Accuracy: 9813/10000` is a share, `Epoch 3/10` the third, `469/938` a position. */
  #fraction({ cell, pair }: LastNumber, of: string): void {
    const made = pair === undefined ? undefined : this.#pairs[pair];
    if (made && pair !== undefined && isShare(readName(made[0]).use))
      this.#pairs[pair] = [made[0], String(Number(cell) / Number(of))];
    if (!made && this.#barClock !== undefined) this.#pairs.push([this.#barClock, cell]);
    else if (!made) this.#position ??= [cell, of];
    this.#barClock = undefined;
    this.#endNumber();
  }

  #percent({ cell, pair }: LastNumber): void {
    const made = pair === undefined ? undefined : this.#pairs[pair];
    if (!made || pair === undefined) return;
    const [name] = made;
    const clock = clockOf(name);
    if (clock) {
      this.#pairs.splice(pair, 1);
      this.#barClock = clock;
    } else if (isShare(readName(name).use) && Number.isFinite(Number(cell)))
      this.#pairs[pair] = [name, String(Number((Number(cell) / 100).toPrecision(12)))];
  }

  #mark(mark: string, before: string): void {
    if (this.#aside) {
      this.#aside = mark !== ')';
      return;
    }
    if (mark === '/' && this.#last) {
      this.#slash = true;
      return;
    }
    if (mark === '%' && this.#last) this.#percent(this.#last);
    this.#endNumber();
    if ((mark === ':' || mark === '=') && this.#words.length > 0)
      this.#assign(mark === '=' && before !== ' ');
    else if (mark === '(' && !this.#assigned && knownName(this.#words) !== undefined) this.#aside = true;
    else if (!transparent.has(mark)) this.#forget();
  }

  /** Where nothing stands between a name and its `=`, the name has no spaces: `stdout F step=10`. */
  #assign(isTight: boolean): void {
    if (isTight && knownName(this.#words) === undefined) this.#words = this.#words.slice(-1);
    this.#assigned = true;
  }

  #endNumber(): void {
    this.#last = undefined;
    this.#slash = false;
  }

  #forget(): void {
    this.#words = [];
    this.#assigned = false;
  }
}

/**
 * Linear in the length of the line.
 * @param phase what a line above has announced
 */
export function readPrintedLine(text: string, phase?: Phase): PrintedLine {
  return new LineReader(phase).read(text);
}
