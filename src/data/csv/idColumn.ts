// Columns that only tell rows apart: nothing can be learned of them.
import { mostDistinct, type Count } from './countColumn.ts';
import { areYears } from './header.ts';
import { finiteIn, type Notation } from './notation.ts';

export interface Column {
  readonly name: string;
  /** As it stands in the table; absent = the first row names no columns. */
  readonly heading: string | undefined;
  readonly place: number;
  readonly notation: Notation;
}

const seenRows = 1000;
const words = 'id|index|uuid|guid|key|nr|no|number';
const idNames = new RegExp(`(?:^|[\\s_-])(?:${words})\\.?$|^(?:#|rownames|unnamed: 0|)$`, 'i');
/** `CustomerId`, `PassengerID`: a small letter in front, unlike `Paid`. */
const camelIds = /[\p{Ll}\d](?:ID|UUID|Id|Index|Uuid|Guid|Key|Nr|No|Number)$/u;
/** What rises by one from row to row and is measured all the same. */
const measures =
  /^(?:x\d*|t|time|times|date|year|month|week|day|hour|minute|second|dose|age|step|epoch|iteration|distance|length|size|level|depth|height|position)s?(?:$|[\s_([.])/i;
/** One in so many may stand twice. */
const rarelyTwice = 20;

type Rows = readonly (readonly string[])[];

/** Text or whole numbers, nearly each once, under a heading that says so. */
export function isIdByName(
  rows: Rows,
  { heading, place, notation }: Column,
  { values }: Count,
  present: number,
): boolean {
  if (heading === undefined || !(idNames.test(heading.trim()) || camelIds.test(heading.trim()))) return false;
  const most = Math.min(present, mostDistinct + 1);
  if (present < 3 || values.size < most - Math.floor(most / rarelyTwice)) return false;
  return rows.slice(0, seenRows).every((row) => Number.isInteger(finiteIn(row[place] ?? '', notation) ?? 0));
}

/** The first column counts the rows: whole numbers one after another, no years, under no heading that names a measure. */
export function countsRows(rows: Rows, { heading, place }: Column): boolean {
  if (place > 0 || rows.length < 3 || measures.test(heading?.trim() ?? '')) return false;
  const numbers = rows.slice(0, seenRows).map((row) => {
    const cell = row[place] ?? '';
    return cell.trim() === '' ? NaN : Number(cell);
  });
  const isRun = numbers.every((value, k) => k === 0 || value === (numbers[k - 1] ?? NaN) + 1);
  return isRun && Number.isInteger(numbers[0]) && !areYears(numbers);
}
