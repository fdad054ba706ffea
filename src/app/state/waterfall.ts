// Spans on one time axis, each under the one that it lies in.
import type { SpanItem } from '../../worker/protocol.ts';

/** How deep a span lies. Its parent is often still open, and an open span is not exported: so by its name. */
const depths: Readonly<Record<string, number>> = { 'training.run': 0, 'training.validation': 2 };
const usualDepth = 1;

interface WaterfallRow {
  readonly span: SpanItem;
  readonly depth: number;
  /** Shares of the axis. */
  readonly start: number;
  readonly width: number;
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  /** Length of the axis in milliseconds. */
  readonly length: number;
  /** The spans are of a run that goes on: its own span is not there yet. */
  readonly isOpen: boolean;
}

/** @param spans of one run, in order of their ends; the last `most` of them are drawn, in order of their starts */
export function waterfall(spans: readonly SpanItem[], most: number): Waterfall {
  const isOpen = !spans.some(({ name }) => name === 'training.run');
  const shown = spans.slice(-most);
  const parts = shown.filter(({ name }) => name !== 'training.run');
  // A run that has ended is as long as all of its spans, of which the last are drawn: its bar is cut to them.
  const axis = parts.length > 0 ? parts : shown;
  const from = Math.min(...axis.map(({ startTime }) => startTime));
  const to = Math.max(...axis.map(({ endTime }) => endTime));
  const length = shown.length > 0 ? to - from : 0;
  const share = (time: number): number => (length > 0 ? Math.min(1, Math.max(0, (time - from) / length)) : 0);
  const depthOf = ({ name }: SpanItem): number => depths[name] ?? usualDepth;
  const rows = shown.map((span) => ({
    span,
    depth: depthOf(span),
    start: share(span.startTime),
    width: share(span.endTime) - share(span.startTime),
  }));
  const ordered = rows.toSorted(
    (a, b) =>
      Math.min(a.depth, 1) - Math.min(b.depth, 1) || a.span.startTime - b.span.startTime || a.depth - b.depth,
  );
  return { rows: ordered, length, isOpen };
}

/** “12.5 ms”, “3.42 s”. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(milliseconds >= 10_000 ? 1 : 2)} s`;
  return `${milliseconds.toFixed(milliseconds >= 100 ? 0 : milliseconds >= 1 ? 1 : 2)} ms`;
}
