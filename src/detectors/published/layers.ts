// Rules that hold a signal of every hidden layer against one limit.
import type { Rows } from '../../core/layout.ts';
import type { SignalId } from '../../signals/index.ts';
import type { WatchContext } from '../detector.ts';

/** Whether any hidden layer's signal lies above the limit. Rows are f32, where exactly 20 % is a little more than 0.2. */
export function anyLayerAbove(
  { layout, hiddenLayers }: WatchContext,
  signal: SignalId,
  limit: number,
): (rows: Rows, row: number) => boolean {
  const columns = Array.from({ length: hiddenLayers }, (_, index) => layout.column(signal, index + 1));
  const threshold = Math.fround(limit);
  return (rows, row) => columns.some((column) => (rows.value(row, column) ?? NaN) > threshold);
}
