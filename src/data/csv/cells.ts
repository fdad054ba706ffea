// A text of separated values as rows of cells, each with its line, or what is wrong with it. Never throws.
import Papa, { type ParseResult, type Parser } from 'papaparse';
import { counted, whole } from '../../core/wording.ts';
import { guessDelimiter, namedDelimiter } from './delimiter.ts';
import { limits, type TableProblem } from './problem.ts';
import { shaped } from './shape.ts';

export interface Cells {
  readonly kind: 'cells';
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  /** Line on which each row begins, from 1. */
  readonly lines: readonly number[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
  /** So little of it is a table that none is made of it. */
  readonly problem?: TableProblem;
}

interface Unreadable {
  readonly kind: 'unreadable';
  readonly problem: TableProblem;
}

const empty: TableProblem = { reason: 'It is empty. Paste rows, or choose a file that has some.' };
const chunkCharacters = 2_000_000;

function unreadable(problem: TableProblem): Unreadable {
  return { kind: 'unreadable', problem };
}

/** The first line that is too long to be one of a table: without its line ends, a file is a single one. */
function longLine(text: string): TableProblem | undefined {
  for (let [line, from] = [1, 0]; from < text.length; line++) {
    const next = text.indexOf('\n', from);
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
  const named = namedDelimiter(text);
  const used = delimiter ?? named.delimiter ?? guessDelimiter(named.rest);
  const rows: string[][] = [];
  const lines: number[] = [];
  let line = 1 + named.skipped;
  let problem: TableProblem | undefined;
  const config = {
    worker: false as const,
    delimiter: used,
    newline: '\n' as const,
    chunkSize: chunkCharacters,
    chunk: ({ data, errors, meta }: ParseResult<string[]>, parser: Parser): void => {
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
  Papa.parse<string[]>(named.rest, config);
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

/** Without the mark that the first cell would otherwise begin with, and with one kind of line end: files have several, even within one. */
function plainText(text: string): string {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return bare.includes('\r') ? bare.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : bare;
}

/** Reads a text: comma, semicolon, tab or bar between cells, quotes as in RFC 4180, any line ends. */
export function readCells(text: string, options: ReadOptions = {}): Cells | Unreadable {
  const bare = plainText(text);
  if (bare.trim() === '') return unreadable(empty);
  const long = longLine(bare);
  if (long) return unreadable(long);
  const read = parse(bare, options);
  if (read.kind === 'unreadable') return read;
  return read.rows.length === 0 ? unreadable(empty) : shaped(read);
}

const wideMarks = { 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] } as const;

/** A file's text: UTF-8, UTF-16 by its mark, and where bytes are no UTF-8, Windows-1252, which is said. */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly notes: readonly string[] } {
  const wide = Object.entries(wideMarks).find(([, [one, other]]) => bytes[0] === one && bytes[1] === other);
  if (wide) return { text: new TextDecoder(wide[0]).decode(bytes), notes: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const note = 'It is no UTF-8: read as Windows-1252. Check the letters with accents.';
    return { text: new TextDecoder('windows-1252').decode(bytes), notes: [note] };
  }
}
