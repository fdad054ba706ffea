// Where the charts of the wall go: one cell per weight, as large as the area allows, in lines from left to right.
import type { Tile } from './tileLayout.ts';

export interface WallLayout {
  readonly columns: number;
  /** Of a cell, with the gap to the next. */
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly Tile[];
  /** Of all lines: more than the area where cells would become too small to press. */
  readonly total: number;
}

/** Smaller cells nobody can press (WCAG 2.5.8). */
const smallest = 24;
/** Wider or flatter than this a cell wastes what it has. */
const widest = 1.6;

/** Lines over which `count` cells spread, so that they are as near to squares as may be and fill the area. */
function columnsFor(count: number, width: number, height: number): number {
  const most = Math.max(1, Math.floor(width / smallest));
  const square = Math.round(Math.sqrt((count * width) / Math.max(1, height)));
  return Math.min(most, Math.max(1, square));
}

export function wallLayout(count: number, width: number, height: number): WallLayout {
  if (count === 0 || width <= 0) return { columns: 0, width: 0, height: 0, tiles: [], total: 0 };
  const columns = columnsFor(count, width, height);
  const lines = Math.ceil(count / columns);
  const cellWidth = width / columns;
  const cellHeight = Math.min(widest * cellWidth, Math.max(smallest, height / lines));
  const tiles = Array.from({ length: count }, (_, unit) => ({
    row: 0,
    unit,
    left: (unit % columns) * cellWidth,
    top: Math.floor(unit / columns) * cellHeight,
  }));
  return { columns, width: cellWidth, height: cellHeight, tiles, total: lines * cellHeight };
}
