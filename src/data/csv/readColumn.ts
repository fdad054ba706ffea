// The cells of one column as numbers or names, and what a person should know of how they were read.
import { counted } from '../../core/wording.ts';
import type { Cells } from './cells.ts';
import { countColumn, isAbsent } from './countColumn.ts';
import { doubtNote, finiteIn, notationOf, type Notation } from './notation.ts';
import { isMissing, nonfiniteOf } from './numbers.ts';
import type { OwnPlan } from './plan.ts';
import type { TableProblem } from './problem.ts';
import { mergedNote, spellingsOf } from './spellings.ts';

/** NaN and the empty name = missing. */
export interface Read {
  readonly name: string;
  readonly values: Float64Array<ArrayBuffer> | readonly string[];
}

export interface Source {
  readonly cells: Cells;
  readonly plan: OwnPlan;
  readonly names: readonly string[];
  /** The first row below the header. */
  readonly first: number;
  readonly tell: (problem: TableProblem) => void;
  readonly note: (text: string | undefined) => void;
  /** Of words taken as missing: of many such columns a few are told. */
  readonly noteMark: (text: string | undefined) => void;
}

function notationIn({ cells, plan, first }: Source, column: number): Notation {
  return notationOf(cells.rows, column, first, plan.decimalComma);
}

/** What a cell is for a column of numbers: text where it is none. */
function numberIn(cell: string, notation: Notation): number | 'text' {
  if (isMissing(cell) || nonfiniteOf(cell) !== undefined) return NaN;
  return finiteIn(cell, notation) ?? 'text';
}

export function readNumbers(source: Source, column: number): Read {
  const { cells, plan, first, tell, note } = source;
  const values = new Float64Array(cells.rows.length - first);
  const name = source.names[column] ?? '';
  const notation = notationIn(source, column);
  let nonfinite = 0;
  for (let k = 0; k < values.length; k++) {
    const cell = cells.rows[k + first]?.[column] ?? '';
    const value = numberIn(cell, notation);
    if (value === 'text' && !plan.textIsMissing)
      tell({
        line: cells.lines[k + first] ?? 0,
        column: name,
        value: cell.trim(),
        reason:
          'is not a number. Correct the cell, let text count as missing, or make the column a category.',
      });
    values[k] = value === 'text' ? NaN : value;
    if (nonfiniteOf(cell) !== undefined) nonfinite++;
  }
  if (nonfinite > 0) note(`${name}: ${counted(nonfinite, 'cell')} with NaN or infinity, taken as missing.`);
  note(doubtNote(name, notation));
  return { name, values };
}

/** A word for a missing one may have been meant as a category. Of `?` nobody would think so. */
function markNote(name: string, marks: ReadonlyMap<string, number>): string | undefined {
  const words = [...marks].filter(([mark]) => /\p{L}/u.test(mark));
  if (words.length === 0) return undefined;
  const told = words.map(([mark, count]) => `“${mark}” (${counted(count, 'cell')})`).join(', ');
  return `${name}: ${told} ${words.length > 1 ? 'are' : 'is'} taken as missing. Where it is a category, write another word.`;
}

/** Each category by its commonest spelling. */
export function readCategories(source: Source, column: number): Read {
  const { cells, first, note } = source;
  const name = source.names[column] ?? '';
  const { numeric, marks } = countColumn(cells.rows, column, first, notationIn(source, column));
  const values = cells.rows.slice(first).map((row) => {
    const cell = row[column] ?? '';
    return isAbsent(cell, numeric) ? '' : cell.trim();
  });
  const spellings = spellingsOf(values);
  note(mergedNote(name, spellings));
  source.noteMark(markNote(name, marks));
  return { name, values: values.map((value) => spellings.get(value) ?? value) };
}

/** Enough cells to tell. */
const seenRows = 200;
/** A number, then whatever is no digit: no date, no range, no telephone, no address. */
const beginsWithNumber = /^[−-]?[\d.,'’ ]*\d\s*[^\d\s.,:/][^\d]*$/;

/** That a column that is no number seems to be meant as one. */
export function textNote(source: Source, column: number): string | undefined {
  const { cells, first } = source;
  const head = cells.rows.slice(first, first + seenRows).map((row) => (row[column] ?? '').trim());
  const present = head.filter((cell) => !isAbsent(cell, true));
  const odd = present.find((cell) => finiteIn(cell, notationIn(source, column)) === undefined);
  if (odd === undefined || !present.every((cell) => beginsWithNumber.test(cell))) return undefined;
  if (countColumn(cells.rows, column, first, notationIn(source, column)).numeric) return undefined;
  return `${source.names[column] ?? ''}: its cells begin with numbers but are read as text (“${odd.slice(0, 40)}”). Remove what is no number, or write one unit throughout, and it can be an input.`;
}
