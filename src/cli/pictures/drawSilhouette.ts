// A run as a silhouette: black and white, so that any printer can print it, and the same bytes every time.
import type { Picture } from '../../worker/protocol.ts';
import type { Silhouette } from '../../site/silhouettes.ts';
import { element, pixels } from '../../figures/svg.ts';

const side = 96;
const chart = { width: 240, height: 96 };
const mostPoints = 60;

const black = '#000000';
const white = '#ffffff';
const grey = '#c4c4c4';

function svg(width: number, height: number, ...children: readonly string[]): string {
  const box = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height };
  return `${element('svg', box, ...children)}\n`;
}

/** Where the network says class 1, as runs of cells, row by row. */
function regionPath({ surface, size }: Picture): string {
  const cell = side / size;
  const isIn = (row: number, column: number): boolean =>
    (surface?.[(row * size + column) * 2 + 1] ?? 0) > 0.5;
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isIn(row, column) || (column > 0 && isIn(row, column - 1))) continue;
      let end = column;
      while (end < size && isIn(row, end)) end++;
      runs.push(
        `M${pixels(column * cell)} ${pixels(row * cell)}h${pixels((end - column) * cell)}v${pixels(cell)}h${pixels((column - end) * cell)}z`,
      );
    }
  }
  return runs.join('');
}

interface Examples {
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
}

/** Filled = class 1; what users send stands as triangles. */
function points({ inputs, labels }: Examples, extent: number, isSent: boolean): string {
  return Array.from({ length: Math.min(mostPoints, labels.length) }, (_, index) => {
    const x = ((inputs[index * 2] ?? 0) / extent / 2 + 0.5) * side;
    const y = (0.5 - (inputs[index * 2 + 1] ?? 0) / extent / 2) * side;
    const look = { fill: labels[index] === 1 ? black : white, stroke: black, 'stroke-width': 0.8 };
    if (!isSent) return element('circle', { cx: x, cy: y, r: 1.9, ...look });
    return element('path', { d: `M${pixels(x)} ${pixels(y - 2.6)}l2.4 4.4h-4.8z`, ...look });
  }).join('');
}

/** The decision surface of a network with two inputs and two classes. */
export function drawSurface(picture: Picture): string {
  const { training, production, extent } = picture;
  return svg(
    side,
    side,
    element('rect', { width: side, height: side, fill: white }),
    element('path', { d: regionPath(picture), fill: grey }),
    points(production ?? training, extent, production !== null),
    element('rect', { x: 0.5, y: 0.5, width: side - 1, height: side - 1, fill: 'none', stroke: black }),
  );
}

/** A value at a step. */
export type Reading = readonly [step: number, value: number];

function shareOf(value: number, { low, high, isLogarithmic }: Silhouette['axis']): number {
  const share = isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, share));
}

/**
 * The course of a signal, without numbers: what it looks like.
 * @param faultAt step of the fault; 0 = from the start, and no mark
 */
export function drawSignal(
  readings: readonly Reading[],
  {
    axis,
    end,
    faultAt,
    limit,
  }: Pick<Silhouette, 'axis'> & { end: number; faultAt: number; limit: number | undefined },
): string {
  const { width, height } = chart;
  const x = (step: number): string => pixels((step / end) * width);
  const y = (value: number): string => pixels(3 + (1 - shareOf(value, axis)) * (height - 6));
  const line = readings.map(([step, value], index) => `${index === 0 ? 'M' : 'L'}${x(step)} ${y(value)}`);
  const limited =
    limit === undefined
      ? []
      : [
          element('path', {
            d: `M0 ${y(limit)}H${width}`,
            stroke: black,
            'stroke-width': 0.8,
            'stroke-dasharray': '5 3',
          }),
        ];
  return svg(
    width,
    height,
    element('rect', { width, height, fill: white }),
    ...limited,
    ...(faultAt > 0
      ? [element('path', { d: `M${x(faultAt)} 0V${height}`, stroke: grey, 'stroke-width': 2 })]
      : []),
    element('path', {
      d: line.join(''),
      fill: 'none',
      stroke: black,
      'stroke-width': 1.4,
      'stroke-linejoin': 'round',
    }),
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: 'none', stroke: black }),
  );
}
