// What the page says to the thread that reads a table, and what that answers.
import type { OwnTable } from './ownTable.ts';
import type { OwnPlan } from './plan.ts';
import type { Reading, Survey } from './survey.ts';

export type ToTable =
  /** A file or pasted text. The delimiter absent = guessed. */
  | {
      readonly kind: 'read';
      readonly source: Blob | string;
      readonly delimiter?: string | undefined;
      readonly reading: Reading;
    }
  /** The same cells, read another way. */
  | { readonly kind: 'survey'; readonly reading: Reading }
  | { readonly kind: 'encode'; readonly plan: OwnPlan; readonly title: string };

export type FromTable =
  /** Shares of a hundred. */
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'surveyed'; readonly survey: Survey }
  | {
      readonly kind: 'encoded';
      readonly table: OwnTable | undefined;
      readonly problems: readonly string[];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'unreadable'; readonly text: string };
