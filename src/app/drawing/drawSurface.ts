// One picture of a decision surface on a canvas.
import type { Picture } from '../../worker/protocol.ts';
import { classBorders } from './borders.ts';
import { drawPoints } from './drawPoints.ts';
import { rgb, type Palette } from './palette.ts';
import { surfacePixels } from './surfacePixels.ts';

export function drawSurface(
  context: CanvasRenderingContext2D,
  picture: Picture,
  surface: Float32Array,
  classes: number,
  palette: Palette,
  side: number,
): void {
  // One output unit gives the probability of the second class alone or of both: the picture always holds both.
  drawGround(context, surface, picture.size, classes, palette, side);
  drawBorders(context, surface, picture.size, classes, palette, side);
  const { inputs, labels } = picture.training;
  const place = (value: number) => ((value / picture.extent + 1) / 2) * side;
  const features = inputs.length / Math.max(1, labels.length);
  const points = Array.from(labels, (label, index) => ({
    x: place(inputs[index * features] ?? NaN),
    y: side - place(inputs[index * features + 1] ?? NaN),
    label,
  }));
  drawPoints(context, points, { ink: palette.pointInk, ground: palette.pointGround });
}

function drawGround(
  context: CanvasRenderingContext2D,
  surface: Float32Array,
  size: number,
  classes: number,
  palette: Palette,
  side: number,
): void {
  const colours = { low: rgb(palette.surfaceLow), high: rgb(palette.surfaceHigh) };
  const pixels = surfacePixels(surface, size, classes, colours);
  const scratch = new OffscreenCanvas(pixels.size, pixels.size);
  scratch.getContext('2d')?.putImageData(new ImageData(pixels.rgba, pixels.size), 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(scratch, 0, 0, side, side);
}

function drawBorders(
  context: CanvasRenderingContext2D,
  surface: Float32Array,
  size: number,
  classes: number,
  palette: Palette,
  side: number,
): void {
  const scale = (cell: number) => ((cell + 0.5) / size) * side;
  context.beginPath();
  for (const [x1, y1, x2, y2] of classBorders(surface, size, classes)) {
    context.moveTo(scale(x1), scale(y1));
    context.lineTo(scale(x2), scale(y2));
  }
  context.lineCap = 'round';
  context.lineWidth = 1.25;
  context.strokeStyle = palette.card;
  context.stroke();
}
