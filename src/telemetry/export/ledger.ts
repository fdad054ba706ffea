// What became of everything that was handed over for export. Every item is in exactly one of the columns.
import type { OtlpSignal } from './endpoint.ts';
import type { PartialSuccess } from './serialisers.ts';

/** Spans, points or log events. */
export interface Counts {
  /** Taken by the collector. */
  readonly sent: number;
  /** Wait to be sent, or are on the way. */
  readonly queued: number;
  /** Lost here: the queue was full, or the export was switched off. */
  readonly dropped: number;
  /** Refused by the collector, whole requests and parts of them. */
  readonly rejected: number;
  /** Answered with a success that is no OTLP, so that nobody knows. */
  readonly unconfirmed: number;
}

export type Fate = Exclude<keyof Counts, 'queued'>;

type Account = { handed: number } & Record<Fate, number>;

function emptyAccount(): Account {
  return { handed: 0, sent: 0, dropped: 0, rejected: 0, unconfirmed: 0 };
}

export class Ledger {
  readonly #accounts: Readonly<Record<OtlpSignal, Account>> = {
    traces: emptyAccount(),
    metrics: emptyAccount(),
    logs: emptyAccount(),
  };

  hand(signal: OtlpSignal, items: number): void {
    this.#accounts[signal].handed += items;
  }

  book(signal: OtlpSignal, items: number, fate: Fate): void {
    this.#accounts[signal][fate] += items;
  }

  /** A collector may claim to have rejected more than it was sent. */
  bookTaken(signal: OtlpSignal, items: number, partly: PartialSuccess | null): void {
    const rejected = Math.min(items, partly?.rejected ?? 0);
    this.book(signal, rejected, 'rejected');
    this.book(signal, items - rejected, 'sent');
  }

  counts(signal: OtlpSignal): Counts {
    const { handed, sent, dropped, rejected, unconfirmed } = this.#accounts[signal];
    return { sent, queued: handed - sent - dropped - rejected - unconfirmed, dropped, rejected, unconfirmed };
  }
}
