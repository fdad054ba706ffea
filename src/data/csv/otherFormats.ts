// Files and texts that are no separated values, by how they begin: what each is, and what to do with it.
import type { TableProblem } from './problem.ts';

const save = 'Save it as CSV, and bring that.';

/** Bytes are seen as the characters that they become where a file is no UTF-8. */
const binary: readonly (readonly [string, string])[] = [
  ['PK\u0003', 'It is a spreadsheet (.xlsx, .ods) or a zip archive. Open it and save a sheet as CSV.'],
  ['ÐÏ\u0011à', 'It is an old spreadsheet (.xls). Open it and save a sheet as CSV.'],
  ['\u001f\u2039', 'It is packed (.gz). Unpack it first.'],
  // Where a decoder takes Windows-1252 for Latin 1.
  ['\u001f\u008b', 'It is packed (.gz). Unpack it first.'],
  ['PAR1', `It is a Parquet file. ${save}`],
  ['SQLite format 3', 'It is a database. Export one table as CSV.'],
  ['%PDF-', 'It is a PDF. Copy the cells of its table into a spreadsheet, and save that as CSV.'],
];
const written: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(?:!doctype|\?xml|html|table|!--|svg)/i, `It is HTML or XML, not the cells of a table. ${save}`],
  [/^\s*\{\\rtf/, `It is a text document. ${save}`],
  [
    /^\s*(?:\[\s*[[{]|\{\s*["}])/,
    `It is JSON. ${save} In Python: pandas.read_json(file).to_csv("table.csv").`,
  ],
  [/^(?:%[^\n]*\s+|\s+)*@relation\s/i, `It is an ARFF file. ${save}`],
];

/** What a text is instead of separated values; undefined = nothing known. */
export function otherFormat(text: string): TableProblem | undefined {
  const head = text.slice(0, 1000);
  const found =
    binary.find(([beginning]) => head.startsWith(beginning)) ??
    written.find(([beginning]) => beginning.test(head));
  return found && { reason: found[1] };
}
