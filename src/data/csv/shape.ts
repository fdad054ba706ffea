// Which rows of a text are those of its table: all of one width, below whatever stands above the header.
import { counted, whole } from '../../core/wording.ts';
import { withoutAbove, withoutUnits } from './aboveHeader.ts';
import type { Cells } from './cells.ts';
import { isNumber } from './numbers.ts';

type Row = readonly string[];

/** Enough rows to tell how wide the table is. */
const seenRows = 100;
const indexName = 'index';

function isBlank(cell: string): boolean {
  return cell.trim() === '';
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

/** The table alone: without lines above it, each row as wide as most are, and none of units below its header. */
export function shaped(cells: Cells): Cells {
  const below = withoutAbove(cells);
  const width = commonWidth(below.rows);
  const named = below.rows[0]?.length ?? 0;
  const isTrailed = below.rows.every((row) => row.length !== width || row.slice(named).every(isBlank));
  const isShort = named < width && isTrailed;
  return withoutUnits(isShort ? ofWidth(below, named) : ofWidth(withIndexName(below, width), width));
}
