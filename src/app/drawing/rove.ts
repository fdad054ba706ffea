// Moving among tiles with the arrow keys, as they lie on the page.
import type { Tile } from './tileLayout.ts';

/** Index of the tile that a key leads to; undefined for other keys. */
export function rove(key: string, tiles: readonly Tile[], current: number): number | undefined {
  const last = tiles.length - 1;
  if (key === 'ArrowRight') return Math.min(last, current + 1);
  if (key === 'ArrowLeft') return Math.max(0, current - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowDown') return vertical(tiles, current, 1);
  if (key === 'ArrowUp') return vertical(tiles, current, -1);
  return undefined;
}

/** The nearest tile on the next line in that direction; the same tile where there is none. */
function vertical(tiles: readonly Tile[], current: number, direction: 1 | -1): number {
  const from = tiles[current];
  if (from === undefined) return current;
  const beyond = tiles.filter(({ top }) => (top - from.top) * direction > 0);
  const line = Math.min(...beyond.map(({ top }) => Math.abs(top - from.top)));
  const near = beyond
    .filter(({ top }) => Math.abs(top - from.top) === line)
    .sort((a, b) => Math.abs(a.left - from.left) - Math.abs(b.left - from.left))[0];
  return near === undefined ? current : tiles.indexOf(near);
}
