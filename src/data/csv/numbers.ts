// Numbers in cells: as spreadsheets and training logs write them.

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A group of thousands never begins with 0: `0.123` is less than one, whatever the mark. Spaces and the Swiss apostrophe set thousands off too, and `7,77,516` has lakhs. */
const groupedByComma =
  /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:,\d\d)+,\d{3}|(?:[ \u00a0\u2009\u202f]\d{3})+|(?:['’]\d{3})+)(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const withComma =
  /^[+-]?(?:[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:[ \u00a0\u2009\u202f]\d{3})+|(?:['’]\d{3})+)|\d*)(?:,\d+)?(?:e[+-]?\d+)?$/i;
const startsAsNumber = /^[+−-]?[\d.,]/;
const dashes = ['-', '--', '---', '–', '—'];
const missing = new Set(['', 'na', 'n/a', 'n.a.', '#n/a', '<na>', 'null', '?', '.', '..', '...', ...dashes]);
/** Among numbers they say that there is nothing; among words they are one of them: no disorder, no damage. */
const wordsForNone = new Set(['none', 'nil']);
const notANumber = new Set(['nan', '-nan', '+nan', '#num!']);
const infinite = /^([+-]?)(?:inf|infinity|∞|1\.#inf)$/i;

/** A cell among words that says that there is nothing. */
export function isMissingWord(cell: string): boolean {
  return missing.has(cell.trim().toLowerCase());
}

/** A cell among numbers that says that there is nothing. */
export function isMissing(cell: string): boolean {
  return isMissingWord(cell) || wordsForNone.has(cell.trim().toLowerCase());
}

/** The value of NaN and infinity, however written; undefined for anything else. */
export function nonfiniteOf(cell: string): number | undefined {
  const text = cell.trim().toLowerCase();
  if (notANumber.has(text)) return NaN;
  const found = infinite.exec(text);
  if (found) return found[1] === '-' ? -Infinity : Infinity;
  return undefined;
}

function finite(text: string): number | undefined {
  if (!plain.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Without what sets thousands off, and with a point for decimals. */
function pointed(text: string, decimalComma: boolean): string {
  if (decimalComma) return withComma.test(text) ? text.replaceAll(/[^\d,e+-]/gi, '').replace(',', '.') : text;
  return groupedByComma.test(text) ? text.replaceAll(/[^\d.e+-]/gi, '') : text;
}

/** A finite number, or undefined: `1,234.5`, or with `decimalComma` `1.234,5`, is 1234.5. */
export function finiteOf(cell: string, decimalComma: boolean): number | undefined {
  const text = cell.trim();
  const usual = decimalComma ? undefined : finite(text);
  if (usual !== undefined) return usual;
  // Most cells are words: no need to look for marks in them.
  if (!startsAsNumber.test(text)) return undefined;
  return finite(pointed(text.startsWith('−') ? `-${text.slice(1)}` : text, decimalComma));
}

/** A finite number, whichever mark its decimals have. */
export function isNumber(cell: string): boolean {
  return finiteOf(cell, false) !== undefined || finiteOf(cell, true) !== undefined;
}

const oneGroup = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** The mark of decimals that a cell shows; `1,037` and `1.037` leave it open, and so does whatever is no number. */
function markIn(cell: string): 'comma' | 'point' | undefined {
  const text = cell.trim().replace('−', '-');
  const [comma, point] = [text.lastIndexOf(','), text.lastIndexOf('.')];
  if (comma === point || oneGroup.test(text)) return undefined;
  const last = comma > point ? ',' : '.';
  // What stands twice sets thousands off.
  const isComma = (last === ',') === (text.indexOf(last) === text.lastIndexOf(last));
  if (finiteOf(text, isComma) === undefined) return undefined;
  return isComma ? 'comma' : 'point';
}

interface Marks {
  readonly commas: number;
  readonly points: number;
}

function marksOf(cells: readonly string[]): Marks {
  let [commas, points] = [0, 0];
  for (const cell of cells) {
    const mark = markIn(cell);
    if (mark === 'comma') commas++;
    else if (mark === 'point') points++;
  }
  return { commas, points };
}

/** Whether a column's cells show that a comma, or a point, is its mark of decimals; undefined where they leave it open or differ. */
export function showsDecimalComma(cells: readonly string[]): boolean | undefined {
  const { commas, points } = marksOf(cells);
  return commas > 0 === points > 0 ? undefined : commas > 0;
}

/** Whether a column's numbers seem to have a decimal comma. Of `1,037` alone they do, unless a whole number stands among them: then it sets thousands off. */
export function guessDecimalComma(cells: readonly string[]): boolean {
  const { commas, points } = marksOf(cells);
  if (commas + points > 0) return commas > points;
  const isOpen = cells.some((cell) => cell.includes(',') && oneGroup.test(cell.trim()));
  return isOpen && !cells.some((cell) => /^\s*[+-]?\d+\s*$/.test(cell));
}
