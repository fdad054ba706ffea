// What stands between the cells of a text: named by its first line, or guessed from the lines that follow.
import Papa from 'papaparse';
import { finiteOf } from './numbers.ts';

const delimiters = [',', ';', '\t', '|'] as const;
/** Rows enough to tell, and lines that hold so many rows, whatever line ends their cells have. */
const [seenRows, seenLines] = [20, 1000];

interface Named {
  /** Absent = the text names none. */
  readonly delimiter: string | undefined;
  readonly rest: string;
  /** Lines in front of the rest. */
  readonly skipped: number;
}

/** Excel's own first line, `sep=;`, is none of the table. */
export function namedDelimiter(text: string): Named {
  const [line, delimiter] = /^"?sep=([,;\t|])"?[^\S\n]*(?:\n|$)/i.exec(text) ?? [];
  if (line === undefined) return { delimiter: undefined, rest: text, skipped: 0 };
  return { delimiter, rest: text.slice(line.length), skipped: 1 };
}

/** Cells are parted evenly by another character than the comma, and what commas they hold are those of numbers. */
function partsNumbers(sample: string, delimiter: string): boolean {
  const { data } = Papa.parse<string[]>(sample, { delimiter, newline: '\n', preview: seenRows });
  const rows = data.filter((row) => row.some((cell) => cell.trim() !== ''));
  const width = rows[0]?.length ?? 0;
  if (width < 2 || rows.some((row) => row.length !== width)) return false;
  const withComma = rows.flat().filter((cell) => cell.includes(','));
  return withComma.length > 0 && withComma.every((cell) => finiteOf(cell, true) !== undefined);
}

/** Comments in front say nothing of what parts the cells. */
export function guessDelimiter(text: string): string {
  const lines = text.split('\n', seenLines);
  const first = lines.findIndex((line) => !line.startsWith('#'));
  // A last line end would count as a row of one cell.
  const sample = lines.slice(Math.max(0, first)).join('\n').replace(/\n+$/, '');
  const even = delimiters.find((delimiter) => delimiter !== ',' && partsNumbers(sample, delimiter));
  if (even !== undefined) return even;
  return Papa.parse(sample, { delimitersToGuess: [...delimiters], newline: '\n', preview: seenRows }).meta
    .delimiter;
}
