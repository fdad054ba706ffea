// Which rows of a text are those of its table: all of one width, below whatever stands above the header.
import { counted, whole } from '../../core/wording.ts';
import type { Cells } from './cells.ts';
import { finiteOf } from './numbers.ts';

type Row = readonly string[];

/** Enough rows to tell how wide the table is, and whether numbers stand below a row. */
const seenRows = 100;
const indexName = 'index';

function isBlank(cell: string): boolean {
  return cell.trim() === '';
}

function isNumber(cell: string): boolean {
  return finiteOf(cell, false) !== undefined || finiteOf(cell, true) !== undefined;
}

/** The first of them names columns: several names, no number, and numbers below. */
function beginsWithHeader([first = [], ...below]: readonly Row[]): boolean {
  return (
    first.filter((cell) => !isBlank(cell)).length > 1 &&
    !first.some(isNumber) &&
    below.some((row) => row.some(isNumber))
  );
}

/** It may be a comment or a title. */
function mayStandAbove([first = '', ...others]: Row): boolean {
  return first.startsWith('#') || (!isBlank(first) && others.every(isBlank));
}

/** How many rows stand above the header; a header may look like a comment itself: `#,name`. */
function countAbove(rows: readonly Row[]): number {
  const first = rows.findIndex((row) => !mayStandAbove(row));
  const header = [first, first - 1].find((index) => index >= 0 && beginsWithHeader(rows.slice(index)));
  return header ?? 0;
}

function from(cells: Cells, first: number): Cells {
  return { ...cells, rows: cells.rows.slice(first), lines: cells.lines.slice(first) };
}

function withoutAbove(cells: Cells): Cells {
  const above = countAbove(cells.rows.slice(0, seenRows));
  if (above === 0) return cells;
  const title = (cells.rows[0]?.[0] ?? '').trim().slice(0, 40);
  const note = `${counted(above, 'line')} above the header left out: “${title}”${above > 1 ? ' …' : ''}.`;
  return { ...from(cells, above), notes: [...cells.notes, note] };
}

/** Of the first rows; of two that are as common, the earlier. */
function commonWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows.slice(0, seenRows)) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}

/** It has a name fewer than the rows have cells: the first of them counts the rows, as R writes it. */
function withIndexName(cells: Cells, width: number): Cells {
  const [header = [], ...rows] = cells.rows;
  if (header.length !== width - 1 || header.some(isNumber)) return cells;
  const note = `The first row has a name fewer than the others have cells: the first column is named “${indexName}”.`;
  return { ...cells, rows: [[indexName, ...header], ...rows], notes: [...cells.notes, note] };
}

/** Rows of another width are left out, and said; cells beyond it that are all empty are none. */
function ofWidth(cells: Cells, width: number): Cells {
  if (cells.rows.every((row) => row.length === width)) return cells;
  const fits = (row: Row) => row.length >= width && row.slice(width).every(isBlank);
  const kept = cells.rows.flatMap((row, index) => (fits(row) ? [index] : []));
  const all = cells.rows.length;
  const fitting: Cells = {
    ...cells,
    rows: kept.map((index) => cells.rows[index]?.slice(0, width) ?? []),
    lines: kept.map((index) => cells.lines[index] ?? 0),
  };
  if (kept.length === all) return fitting;
  const other = cells.rows.findIndex((row) => !fits(row));
  const cellsThere = counted(cells.rows[other]?.length ?? 0, 'cell');
  const note = `${counted(all - kept.length, 'row')} left out: line ${whole(cells.lines[other] ?? 0)} has ${cellsThere} where most rows have ${width}.`;
  const reason = `Only ${whole(kept.length)} of its ${counted(all, 'row')} have ${counted(width, 'cell')}. Is another character between the cells? Choose it, or correct the rows.`;
  return {
    ...fitting,
    notes: [...cells.notes, note],
    ...(2 * kept.length < all && { problem: { reason } }),
  };
}

/** The table alone: without lines above it, each row as wide as most are. */
export function shaped(cells: Cells): Cells {
  const below = withoutAbove(cells);
  const width = commonWidth(below.rows);
  const named = below.rows[0]?.length ?? 0;
  const isTrailed = below.rows.every((row) => row.length !== width || row.slice(named).every(isBlank));
  if (named < width && isTrailed) return ofWidth(below, named);
  return ofWidth(withIndexName(below, width), width);
}
