// What a run on the page is started with, what it takes over from its parent, and who hears of it.
import type { Detected, TelemetryItem } from '../../worker/protocol.ts';
import type { Exporting } from './exporting.svelte.ts';
import type { FrameQueue } from './frameQueue.ts';
import type { Forked, Run } from './run.svelte.ts';
import type { ThreadRequest } from './thread.ts';

export interface RunListener {
  onready(run: Run): void;
  onforked(run: Run, fork: Forked): void;
  onrows(run: Run): void;
  onnotice(text: string): void;
}

/** What a run leaves to the one that is forked from it, beside state and rows. */
export interface Bequest {
  readonly runId: string;
  readonly detected: readonly Detected[];
}

export interface RunRequest extends ThreadRequest {
  /** On the track and the charts: A, B, … */
  readonly name: string;
  /** Of the run that it was forked from: its findings go with the rows. */
  readonly parent?: Bequest;
  /** Where messages wait for the next frame. */
  readonly frames: FrameQueue;
  /** What sends its telemetry to a collector; absent of a run that is not sent. */
  readonly exporting?: Exporting;
  /** Hears what a run emitted, once it has ended. */
  readonly onended: (items: readonly TelemetryItem[]) => void;
  /** Who hears of it; nobody of a run in the background. */
  readonly listener?: RunListener;
}
