// Tiles of neurons on one canvas: what each responds to, and a crossed box where it is dead.
import type { LayerTiles } from '../../worker/protocol.ts';
import { mix, rgb, type Palette, type Rgb } from './palette.ts';
import { paint } from './surfacePixels.ts';
import type { Tile, TileLayout } from './tileLayout.ts';

interface Look {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly side: number;
}

export function drawTiles(
  context: CanvasRenderingContext2D,
  layers: readonly LayerTiles[],
  layout: TileLayout,
  palette: Palette,
): void {
  const look = { context, palette, side: layout.side };
  for (const tile of layout.tiles) {
    const layer = layers[tile.row];
    if (layer === undefined) continue;
    if (layer.dead[tile.unit] === 1) drawDead(look, tile);
    else if (layer.tileSize === 0) drawBars(look, tile, valuesOf(layer, tile.unit));
    else drawImage(look, tile, valuesOf(layer, tile.unit), layer.tileSize);
  }
}

function valuesOf({ values, dead }: LayerTiles, unit: number): Float32Array {
  const each = values.length / Math.max(1, dead.length);
  return values.subarray(unit * each, (unit + 1) * each);
}

function drawImage({ context, palette, side }: Look, tile: Tile, values: Float32Array, size: number): void {
  const scratch = new OffscreenCanvas(size, size);
  const pixels = tilePixels(values, rgb(palette.surfaceLow), rgb(palette.surfaceHigh));
  scratch.getContext('2d')?.putImageData(new ImageData(pixels, size), 0, 0);
  context.drawImage(scratch, tile.left, tile.top, side, side);
}

export function tilePixels(values: ArrayLike<number>, low: Rgb, high: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(values.length * 4);
  for (let pixel = 0; pixel < values.length; pixel++) paint(rgba, pixel, mix(low, high, values[pixel] ?? 0));
  return rgba;
}

function drawBars({ context, palette, side }: Look, tile: Tile, values: Float32Array): void {
  context.fillStyle = palette.surfaceLow;
  context.fillRect(tile.left, tile.top, side, side);
  context.fillStyle = palette.surfaceHigh;
  const width = side / values.length;
  values.forEach((value, index) => {
    const height = Math.min(1, Math.max(0, value || 0)) * side;
    context.fillRect(tile.left + index * width, tile.top + side - height, Math.max(1, width - 0.5), height);
  });
}

function drawDead({ context, palette, side }: Look, { left, top }: Tile): void {
  context.strokeStyle = palette.firing;
  context.lineWidth = side >= 14 ? 1.5 : 1;
  const inset = context.lineWidth / 2;
  context.strokeRect(left + inset, top + inset, side - 2 * inset, side - 2 * inset);
  context.beginPath();
  context.moveTo(left + inset, top + inset);
  context.lineTo(left + side - inset, top + side - inset);
  context.moveTo(left + side - inset, top + inset);
  context.lineTo(left + inset, top + side - inset);
  context.stroke();
}
