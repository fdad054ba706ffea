// A text of separated values as rows of cells, each with its line, or what is wrong with it. Never throws.
import Papa, { type ParseResult, type Parser } from 'papaparse';
import { counted, whole } from '../../core/wording.ts';
import { limits, type TableProblem } from './problem.ts';

const delimiters = [',', ';', '\t', '|'] as const;

export interface Cells {
  readonly kind: 'cells';
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  /** Line on which each row begins, from 1. */
  readonly lines: readonly number[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

interface Unreadable {
  readonly kind: 'unreadable';
  readonly problem: TableProblem;
}

const chunkCharacters = 2_000_000;

function unreadable(problem: TableProblem): Unreadable {
  return { kind: 'unreadable', problem };
}

/** The first line that is too long to be one of a table: without its line ends, a file is a single one. */
function longLine(text: string): TableProblem | undefined {
  const end = text.includes('\n') ? '\n' : '\r';
  for (let [line, from] = [1, 0]; from < text.length; line++) {
    const next = text.indexOf(end, from);
    const to = next < 0 ? text.length : next;
    if (to - from > limits.lineCharacters) {
      const most = whole(limits.lineCharacters);
      return { line, reason: `it has more than ${most} characters. Are its line ends missing?` };
    }
    from = to + 1;
  }
  return undefined;
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}

/** Line ends within quotes. */
function innerLines(row: readonly string[]): number {
  let count = 0;
  for (const cell of row) if (cell.includes('\n')) count += cell.split('\n').length - 1;
  return count;
}

interface ReadOptions {
  /** Absent = guessed. */
  readonly delimiter?: string | undefined;
  readonly progress?: (done: number, of: number) => void;
}

/** Rows as they stand, blank ones left out. */
function parse(text: string, { delimiter, progress }: ReadOptions): Cells | Unreadable {
  const rows: string[][] = [];
  const lines: number[] = [];
  let [line, used] = [1, delimiter ?? ','];
  let problem: TableProblem | undefined;
  const config = {
    worker: false as const,
    ...(delimiter !== undefined && { delimiter }),
    delimitersToGuess: [...delimiters],
    chunkSize: chunkCharacters,
    chunk: ({ data, errors, meta }: ParseResult<string[]>, parser: Parser): void => {
      used = meta.delimiter;
      const quote = errors.find(({ type }) => type === 'Quotes');
      data.forEach((row, index) => {
        if (problem) return;
        if (quote?.row === index) problem = quoteProblem(line, quote.code);
        else if (!isBlank(row)) {
          problem = rowProblem(row, line) ?? (rows.length > limits.rows ? tooMany(line) : undefined);
          rows.push(row);
          lines.push(line);
        }
        line += 1 + innerLines(row);
      });
      progress?.(meta.cursor, text.length);
      if (problem) parser.abort();
    },
  };
  Papa.parse<string[]>(text, config);
  return problem ? unreadable(problem) : { kind: 'cells', delimiter: used, rows, lines, notes: [] };
}

function quoteProblem(line: number, code: string): TableProblem {
  const what =
    code === 'MissingQuotes' ? 'a quote is opened and never closed' : 'text follows a closed quote';
  return { line, reason: `${what}. Close it, or double it where it is meant as a quote.` };
}

function tooMany(line: number): TableProblem {
  return { line, reason: `at most ${whole(limits.rows)} rows are read. Keep a sample of them.` };
}

function rowProblem(row: readonly string[], line: number): TableProblem | undefined {
  if (row.length > limits.columns)
    return {
      line,
      reason: `it has ${counted(row.length, 'cell')}; at most ${limits.columns} columns are read. Leave some out.`,
    };
  const long = row.find((cell) => cell.length > limits.cellCharacters);
  if (long === undefined) return undefined;
  const most = whole(limits.cellCharacters);
  return {
    line,
    value: long,
    reason: `has ${whole(long.length)} characters; a cell has at most ${most}. Is a quote left open?`,
  };
}

/** Rows of another width than the first are left out, and said. */
function sameWidth(cells: Cells): Cells {
  const width = cells.rows[0]?.length ?? 0;
  const other = cells.rows.findIndex((row) => row.length !== width);
  if (other < 0) return cells;
  const kept = cells.rows.flatMap((row, index) => (row.length === width ? [index] : []));
  const left = cells.rows.length - kept.length;
  const first = `line ${whole(cells.lines[other] ?? 0)} has ${cells.rows[other]?.length ?? 0}`;
  return {
    ...cells,
    rows: kept.map((index) => cells.rows[index] ?? []),
    lines: kept.map((index) => cells.lines[index] ?? 0),
    notes: [
      ...cells.notes,
      `${counted(left, 'row')} left out: ${first} cells where the first row has ${width}.`,
    ],
  };
}

/** The first cell would otherwise begin with it. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Reads a text: comma, semicolon, tab or bar between cells, quotes as in RFC 4180, any line ends. */
export function readCells(text: string, options: ReadOptions = {}): Cells | Unreadable {
  const bare = withoutMark(text);
  if (bare.trim() === '')
    return unreadable({ reason: 'It is empty. Paste rows, or choose a file that has some.' });
  const long = longLine(bare);
  if (long) return unreadable(long);
  const read = parse(bare, options);
  return read.kind === 'cells' ? sameWidth(read) : read;
}

/** A file's text: UTF-8, UTF-16 by its mark, and where bytes are no UTF-8, Windows-1252, which is said. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly notes: readonly string[] } {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined;
  if (wide) return { text: new TextDecoder(wide).decode(bytes), notes: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const note = 'It is no UTF-8: read as Windows-1252. Check the letters with accents.';
    return { text: new TextDecoder('windows-1252').decode(bytes), notes: [note] };
  }
}
