// Stills of what the network does: its decision surface as a PNG, in either look.
import { drawSurface } from '../drawing/drawSurface.ts';
import { isLost } from '../drawing/surfacePixels.ts';
import type { Picture } from '../../worker/protocol.ts';
import { themePalette, type Look } from './themePalette.ts';

const side = 300;
/** Pixels per CSS pixel: sharp on a page twice as dense. */
const density = 2;

/** Undefined where there is no surface: of images, or before the first picture. Where every output is NaN, hatched as on the page. */
export function surfaceStill(picture: Picture, classes: number, look: Look): HTMLCanvasElement | undefined {
  if (picture.surface === null) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * density;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.scale(density, density);
  const palette = themePalette(look);
  if (isLost(picture.surface)) drawLost(context, palette);
  else drawSurface(context, picture, picture.surface, classes, palette, side);
  return canvas;
}

function drawLost(context: CanvasRenderingContext2D, palette: ReturnType<typeof themePalette>): void {
  context.fillStyle = palette.surfaceLow;
  context.fillRect(0, 0, side, side);
  context.strokeStyle = palette.line;
  for (let at = -side; at < side; at += 10) {
    context.beginPath();
    context.moveTo(at, side);
    context.lineTo(at + side, 0);
    context.stroke();
  }
  context.fillStyle = palette.firing;
  context.font = '700 18px B612, sans-serif';
  context.textAlign = 'center';
  context.fillText('every output is NaN', side / 2, side / 2);
}
