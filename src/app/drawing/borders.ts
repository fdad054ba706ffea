// Where a network's answer changes on a grid of probabilities: the lines between the classes.

/** x and y of both ends, in cells of the grid: 0 = centre of the first cell. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** By how much a class leads the best other one at every cell: its border is where that is 0. */
function lead(surface: ArrayLike<number>, classes: number, label: number): Float64Array {
  const margins = new Float64Array(surface.length / classes);
  for (let cell = 0; cell < margins.length; cell++) {
    let best = -Infinity;
    for (let other = 0; other < classes; other++)
      if (other !== label) best = Math.max(best, surface[cell * classes + other] ?? NaN);
    margins[cell] = (surface[cell * classes + label] ?? NaN) - best;
  }
  return margins;
}

/** Marching squares: segments along which values on a size × size grid are 0. Cells with NaN have none. */
export function zeroLine(values: ArrayLike<number>, size: number): Segment[] {
  const segments: Segment[] = [];
  for (let y = 0; y + 1 < size; y++)
    for (let x = 0; x + 1 < size; x++) {
      const crossings = cellCrossings(values, size, x, y);
      for (let at = 0; at + 1 < crossings.length; at += 2) {
        const [first, second] = [crossings[at], crossings[at + 1]];
        if (first !== undefined && second !== undefined) segments.push([...first, ...second]);
      }
    }
  return segments;
}

type Corner = readonly [x: number, y: number];
const corners: readonly Corner[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Where the four sides of a cell are crossed, in order around it: none, two or four places. */
function cellCrossings(values: ArrayLike<number>, size: number, x: number, y: number): Corner[] {
  const at = corners.map(([dx, dy]) => values[(y + dy) * size + x + dx] ?? NaN);
  if (at.some(Number.isNaN)) return [];
  return corners.flatMap(([x1, y1], index) => {
    const [x2, y2] = corners[(index + 1) % 4] ?? [0, 0];
    const [from, to] = [at[index] ?? 0, at[(index + 1) % 4] ?? 0];
    if (from > 0 === to > 0) return [];
    const part = from / (from - to);
    return [[x + x1 + (x2 - x1) * part, y + y1 + (y2 - y1) * part] as const];
  });
}

/** The lines between all classes; of two classes, where both are as likely. */
export function classBorders(surface: ArrayLike<number>, size: number, classes: number): Segment[] {
  const labels = Array.from({ length: classes - 1 }, (_, index) => index + 1);
  return labels.flatMap((label) => zeroLine(lead(surface, classes, label), size));
}
