// The colours of a decision surface: one hue, lighter or darker.
import { mix, type Rgb } from './palette.ts';

export interface Pixels {
  readonly size: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

// Pixels per cell where classes have steps of lightness: stretched steps would blur.
const stepsPerCell = 4;
/** How far an uncertain answer fades towards the ground. */
const fade = 0.7;

/** Two classes: the probability of the second as lightness. More: the likeliest class's own lightness, fading where it is uncertain. */
export function surfacePixels(
  surface: ArrayLike<number>,
  size: number,
  classes: number,
  colours: { readonly low: Rgb; readonly high: Rgb },
): Pixels {
  if (classes > 2) return classPixels(surface, size, classes, colours);
  const rgba = new Uint8ClampedArray(size * size * 4);
  for (let cell = 0; cell < size * size; cell++)
    paint(rgba, cell, mix(colours.low, colours.high, surface[cell * classes + classes - 1] ?? NaN));
  return { size, rgba };
}

function classPixels(
  surface: ArrayLike<number>,
  size: number,
  classes: number,
  { low, high }: { readonly low: Rgb; readonly high: Rgb },
): Pixels {
  const fine = size * stepsPerCell;
  const rgba = new Uint8ClampedArray(fine * fine * 4);
  for (let pixel = 0; pixel < fine * fine; pixel++) {
    const [x, y] = [pixel % fine, Math.floor(pixel / fine)].map((at) => (at + 0.5) / stepsPerCell - 0.5);
    const { label, lead } = likeliest(surface, size, classes, x ?? 0, y ?? 0);
    const step = mix(low, high, label / (classes - 1));
    paint(rgba, pixel, mix(mix(low, high, 0.5), step, 1 - fade * (1 - lead)));
  }
  return { size: fine, rgba };
}

export function paint(rgba: Uint8ClampedArray, pixel: number, [red, green, blue]: Rgb): void {
  rgba[pixel * 4] = red;
  rgba[pixel * 4 + 1] = green;
  rgba[pixel * 4 + 2] = blue;
  rgba[pixel * 4 + 3] = 255;
}

/** The likeliest class between the centres of cells, and its lead over the next. */
function likeliest(surface: ArrayLike<number>, size: number, classes: number, x: number, y: number) {
  let [label, best, next] = [0, -1, -1];
  for (let other = 0; other < classes; other++) {
    const likelihood = between(surface, size, classes, other, x, y);
    if (likelihood > best) [label, best, next] = [other, likelihood, best];
    else if (likelihood > next) next = likelihood;
  }
  return { label, lead: best - Math.max(0, next) };
}

/** Bilinear, held at the rim. */
function between(
  values: ArrayLike<number>,
  size: number,
  stride: number,
  part: number,
  x: number,
  y: number,
): number {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [Math.min(size - 1, left + 1), Math.min(size - 1, top + 1)];
  const [dx, dy] = [Math.max(0, x - left), Math.max(0, y - top)];
  const at = (column: number, row: number) => values[(row * size + column) * stride + part] ?? NaN;
  const above = at(left, top) * (1 - dx) + at(right, top) * dx;
  const below = at(left, bottom) * (1 - dx) + at(right, bottom) * dx;
  return above * (1 - dy) + below * dy;
}

/** Whether no answer can be drawn: most of the grid is NaN. */
export function isLost(surface: ArrayLike<number>): boolean {
  let lost = 0;
  for (let at = 0; at < surface.length; at++) if (Number.isNaN(surface[at])) lost++;
  return lost * 2 > surface.length;
}

/** Share of the grid that each class has, in whole percent. */
export function classShares(surface: ArrayLike<number>, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  const cells = surface.length / classes;
  for (let cell = 0; cell < cells; cell++) {
    let label = 0;
    for (let other = 1; other < classes; other++)
      if ((surface[cell * classes + other] ?? 0) > (surface[cell * classes + label] ?? 0)) label = other;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts.map((count) => Math.round((100 * count) / Math.max(1, cells)));
}
