// A training log as named columns of cells.

export interface LogTable {
  /** The file, or what was pasted. */
  readonly file: string;
  readonly names: readonly string[];
  /** A row may end before its last columns. */
  readonly rows: readonly (readonly string[])[];
  /** Where each row stands, from 1. */
  readonly lines: readonly number[];
  /** What `lines` counts: a document has its rows where it likes. */
  readonly counts: 'line' | 'entry';
  /** Of each column: its numbers have a decimal comma. */
  readonly commas: readonly boolean[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

/** What a text holds, before it is known whether a column has numbers with a comma. */
export type NamedRows = Omit<LogTable, 'file' | 'commas'>;
