// How the numbers of one column are written: the mark of its decimals, and the unit that each of them has.
import { finiteOf, guessDecimalComma, isNumber, showsDecimalComma } from './numbers.ts';
import { partedCell } from './units.ts';

type Rows = readonly (readonly string[])[];

export interface Notation {
  readonly decimalComma: boolean;
  /** `$`, `%` or `kg`, where each number has it; else empty. */
  readonly unit: string;
  /** A cell whose mark is taken to set thousands off, though it could be one of decimals. */
  readonly doubtful: string | undefined;
}

/** Enough cells to tell how the rest is written. */
const seenRows = 200;
/** Nothing is nothing in any unit. */
const zero = /^[+−-]?0+(?:[.,]0*)?$/;

/** Words among the numbers do not say in which unit these are. */
function unitOf(rows: Rows, column: number, first: number): string {
  let unit = '';
  for (let k = first; k < rows.length; k++) {
    const { unit: own, number } = partedCell(rows[k]?.[column] ?? '');
    if (!isNumber(number) || (own === '' && zero.test(number))) continue;
    if (own === '' || (unit !== '' && own !== unit)) return '';
    unit = own;
  }
  return unit;
}

/** As it stands where it has another unit. */
function withoutUnit(cell: string, unit: string): string {
  const parted = partedCell(cell);
  return parted.unit === unit || parted.unit === '' ? parted.number : cell;
}

function seenCells(rows: Rows, column: number, first: number, unit: string): readonly string[] {
  return rows.slice(first, first + seenRows).map((row) => withoutUnit(row[column] ?? '', unit));
}

/** A mark that could be the other one of the two, before three digits. */
function setsThousandsOff(cell: string, decimalComma: boolean): boolean {
  if (!cell.includes(decimalComma ? '.' : ',')) return false;
  const read = finiteOf(cell, decimalComma);
  return read !== undefined && finiteOf(cell, !decimalComma) === read / 1000;
}

/** Of the rows from `first` on. What the cells leave open, `decimalComma` decides. */
export function notationOf(rows: Rows, column: number, first: number, decimalComma: boolean): Notation {
  const unit = unitOf(rows, column, first);
  const cells = seenCells(rows, column, first, unit);
  const shown = showsDecimalComma(cells);
  if (shown !== undefined) return { unit, decimalComma: shown, doubtful: undefined };
  return { unit, decimalComma, doubtful: cells.find((cell) => setsThousandsOff(cell, decimalComma)) };
}

export function finiteIn(cell: string, { decimalComma, unit }: Notation): number | undefined {
  // Most cells are numbers as they stand: no need to look for units in them.
  return finiteOf(cell, decimalComma) ?? finiteOf(withoutUnit(cell, unit), decimalComma);
}

/** Of a whole table: more columns seem to have a decimal comma than show a point. Where commas stand between cells, one within a cell has to show it. */
export function guessTableComma(rows: Rows, delimiter: string): boolean {
  // The first row may name columns.
  const first = rows.length > 1 ? 1 : 0;
  const columns = (rows[0] ?? []).map((_, column) =>
    seenCells(rows, column, first, unitOf(rows, column, first)),
  );
  const hasComma = delimiter === ',' ? showsDecimalComma : guessDecimalComma;
  const commas = columns.filter((cells) => hasComma(cells) === true).length;
  return commas > columns.filter((cells) => showsDecimalComma(cells) === false).length;
}

/** That a mark was taken to set thousands off, and what to do where it does not. */
export function doubtNote(name: string, { doubtful, decimalComma }: Notation): string | undefined {
  if (doubtful === undefined) return undefined;
  const cell = doubtful.trim();
  const [mark, change] = decimalComma ? ['point', 'untick'] : ['comma', 'tick'];
  return `${name}: the ${mark} in “${cell}” is taken to set thousands off: ${String(finiteOf(cell, decimalComma))}. Where it is a mark of decimals, ${change} “Decimal comma” below.`;
}
