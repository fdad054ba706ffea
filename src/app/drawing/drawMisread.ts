// Misread images side by side on a canvas.
import type { Misread } from '../../worker/protocol.ts';
import { tilePixels } from './drawTiles.ts';
import { rgb, type Palette } from './palette.ts';

/** `side` of an image and `column` from one to the next, in CSS pixels. */
export function drawMisread(
  context: CanvasRenderingContext2D,
  { inputs, width, height }: Misread,
  shown: number,
  { side, column }: { readonly side: number; readonly column: number },
  palette: Palette,
): void {
  const scratch = new OffscreenCanvas(width, height);
  for (let index = 0; index < shown; index++) {
    const grey = inputs.subarray(index * width * height, (index + 1) * width * height);
    const rgba = tilePixels(grey, rgb(palette.surfaceLow), rgb(palette.pointInk));
    scratch.getContext('2d')?.putImageData(new ImageData(rgba, width), 0, 0);
    context.drawImage(scratch, index * column, 0, side, side);
  }
}
