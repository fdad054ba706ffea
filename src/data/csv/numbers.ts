// Numbers in cells: as spreadsheets and training logs write them.

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const withComma = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d*)(?:,\d+)?(?:e[+-]?\d+)?$/i;
const missing = new Set(['', 'na', 'n/a', 'none', 'null', 'nil', '-', '–', '?', '.', '#n/a']);
const notANumber = new Set(['nan', '-nan', '+nan', '#num!']);
const infinite = /^([+-]?)(?:inf|infinity|∞|1\.#inf)$/i;

/** A cell that says that there is nothing. */
export function isMissing(cell: string): boolean {
  return missing.has(cell.trim().toLowerCase());
}

/** The value of NaN and infinity, however written; undefined for anything else. */
export function nonfiniteOf(cell: string): number | undefined {
  const text = cell.trim().toLowerCase();
  if (notANumber.has(text)) return NaN;
  const found = infinite.exec(text);
  if (found) return found[1] === '-' ? -Infinity : Infinity;
  return undefined;
}

/** A finite number, or undefined. With `decimalComma`, `1.234,5` is 1234.5. */
export function finiteOf(cell: string, decimalComma: boolean): number | undefined {
  const text = cell.trim();
  const point = decimalComma && withComma.test(text) ? text.replaceAll('.', '').replace(',', '.') : text;
  if (!plain.test(point)) return undefined;
  const value = Number(point);
  return Number.isFinite(value) ? value : undefined;
}

/** It can only be meant as a decimal comma. */
export function hasDecimalComma(cell: string): boolean {
  return /^\s*[+-]?\d*,\d+(?:e[+-]?\d+)?\s*$/i.test(cell);
}
