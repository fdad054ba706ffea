// Where the tiles of all neurons go: as large as the area allows, a layer below a layer.

export interface Tile {
  /** Index into the layers given. */
  readonly row: number;
  readonly unit: number;
  readonly left: number;
  readonly top: number;
}

/** Words beside the tiles: the name of a layer, and how many units are not shown. */
interface TileNote {
  readonly left: number;
  /** Centre. */
  readonly middle: number;
  readonly text: string;
}

export interface TileLayout {
  readonly side: number;
  readonly tiles: readonly Tile[];
  readonly notes: readonly TileNote[];
  readonly height: number;
}

const most = 64;
const largest = 52;
/** Tiles smaller than this are worth more than the names above them. */
const legible = 18;
const smallest = 4;
const noteWidth = 52;
/** A line of 12-pixel text above a layer, where there is room. */
const nameHeight = 17;
/** Layers stand this much further apart where there is room. */
const mostExtra = 14;
/** A layer on more lines is harder to read: its tiles must be that much larger to be worth it. */
const wrapCost = 1.3;

/** Shows the first 64 units of each layer. */
export function tileLayout(units: readonly number[], width: number, height: number): TileLayout {
  const shown = units.map((count) => Math.min(count, most));
  const room = width - (units.some((count) => count > most) ? noteWidth : 0);
  const names = shown.length * nameHeight;
  const named = bestFit(shown, room, height - names);
  if (named.side < legible) {
    const { columns, side } = bestFit(shown, room, height);
    return lay(units, shown, columns, Math.max(smallest, side), 0);
  }
  const { columns, side } = named;
  const spare = height - lay(units, shown, columns, side, nameHeight).height;
  const extra = Math.min(mostExtra, Math.max(0, spare) / Math.max(1, shown.length - 1));
  return lay(units, shown, columns, side, nameHeight, extra);
}

function bestFit(shown: readonly number[], width: number, height: number) {
  const widest = Math.max(1, ...shown);
  let best = { columns: widest, side: 0, worth: -1 };
  for (let lines = 1; lines <= 8; lines++) {
    const columns = Math.ceil(widest / lines);
    const side = largestSide(shown, columns, width, height);
    const worth = side / wrapCost ** Math.log2(lines);
    if (worth > best.worth) best = { columns, side, worth };
  }
  return best;
}

const gapOf = (side: number) => (side >= 14 ? 2 : 1);
const layerGap = (side: number) => (side >= 14 ? 6 : 3);

function largestSide(shown: readonly number[], columns: number, width: number, height: number): number {
  const lines = shown.reduce((sum, count) => sum + Math.ceil(count / columns), 0);
  for (let side = largest; side >= smallest; side--) {
    const [gap, between] = [gapOf(side), layerGap(side)];
    const isFitting =
      columns * (side + gap) - gap <= width &&
      lines * (side + gap) - gap + (shown.length - 1) * (between - gap) <= height;
    if (isFitting) return side;
  }
  return 0;
}

function lay(
  units: readonly number[],
  shown: readonly number[],
  columns: number,
  side: number,
  name: number,
  extra = 0,
): TileLayout {
  const [tiles, notes]: [Tile[], TileNote[]] = [[], []];
  const pitch = side + gapOf(side);
  let top = 0;
  shown.forEach((count, row) => {
    if (name > 0) notes.push({ left: 0, middle: top + name / 2 - 1, text: `layer ${row + 1}` });
    top += name;
    for (let unit = 0; unit < count; unit++)
      tiles.push({
        row,
        unit,
        left: (unit % columns) * pitch,
        top: top + Math.floor(unit / columns) * pitch,
      });
    const lines = Math.ceil(count / columns);
    const all = units[row] ?? 0;
    if (all > count)
      notes.push({ left: columns * pitch + 2, middle: top + (lines * pitch) / 2, text: `… of ${all}` });
    top += lines * pitch + layerGap(side) - gapOf(side) + extra;
  });
  return { side, tiles, notes, height: Math.max(0, top - layerGap(side) - extra) };
}
