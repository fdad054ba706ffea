// What the page says to the thread that reads somebody's training log, and what that answers.
import type { ColumnUse } from './columns.ts';
import type { WreckRows } from './rows.ts';
import type { Watched } from './watch.ts';

/** A file or a paste, as it is kept on the machine: bytes become text in the thread that reads them. */
export interface LogSource {
  readonly name: string;
  readonly text: string | Blob;
}

/** The columns of one source. */
export interface LogColumns {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly use: ColumnUse; readonly example: string }[];
  readonly notes: readonly string[];
}

export type ToWreck =
  | { readonly kind: 'read'; readonly sources: readonly LogSource[] }
  /** What the columns of each source are, and the thresholds to judge by. */
  | {
      readonly kind: 'watch';
      readonly uses: readonly (readonly ColumnUse[])[];
      readonly thresholds: Readonly<Record<string, number>>;
    };

export type FromWreck =
  | { readonly kind: 'read'; readonly sources: readonly LogColumns[] }
  | {
      readonly kind: 'watched';
      readonly rows: Omit<WreckRows, 'layout' | 'numbered'>;
      readonly watched: Watched;
      /** Ids of scenarios. */
      readonly alike: readonly string[];
    }
  | { readonly kind: 'unreadable'; readonly text: string };
