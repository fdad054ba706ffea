// One picture of a decision surface on a canvas.
import type { Picture, ShownExamples } from '../../worker/protocol.ts';
import { classBorders } from './borders.ts';
import { drawPoints, drawTriangles, type Point } from './drawPoints.ts';
import { rgb, type Palette } from './palette.ts';
import { surfacePixels } from './surfacePixels.ts';

/** Of what training sees, where what users send is the story. */
const faded = 0.45;

/** On a picture with shorter sides (CSS pixels) the examples shrink with it: they must not hide it. */
const roomy = 230;

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
  const { training, production, extent } = picture;
  const look = { ink: palette.pointInk, ground: palette.pointGround };
  const size = Math.min(1, Math.max(0.5, side / roomy));
  context.globalAlpha = production ? faded : 1;
  drawPoints(context, placed(training, extent, side), look, size);
  context.globalAlpha = 1;
  if (production) drawTriangles(context, placed(production, extent, side), look, size);
}

/** Examples by their first two inputs. */
function placed({ inputs, labels }: ShownExamples, extent: number, side: number): readonly Point[] {
  const place = (value: number) => ((value / extent + 1) / 2) * side;
  const features = inputs.length / Math.max(1, labels.length);
  return Array.from(labels, (label, index) => ({
    x: place(inputs[index * features] ?? NaN),
    y: side - place(inputs[index * features + 1] ?? NaN),
    label,
  }));
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
