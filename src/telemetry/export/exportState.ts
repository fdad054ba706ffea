// How an export stands, as the page shows it.
import type { OtlpSignal } from './endpoint.ts';
import type { Counts } from './ledger.ts';

export interface ExportProblem {
  /** `cause; what to do`. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface ExportState {
  readonly counts: Readonly<Record<OtlpSignal, Counts>>;
  /** Requests, their bodies and the time of the last one that the collector took. */
  readonly requests: number;
  readonly bytes: number;
  readonly lastSuccess: number | null;
  readonly queuedBytes: number;
  /** When the next try is due; null = nothing waits for one. */
  readonly nextTry: number | null;
  readonly lastProblem: ExportProblem | null;
}
