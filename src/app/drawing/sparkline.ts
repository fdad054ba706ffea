// One small chart of a weight as points within its cell; NaN and infinity are gaps, and are told apart.

export interface Sparkline {
  /** Runs of finite values: x and y in turn, shares of the width and of the height from the top. */
  readonly strokes: readonly (readonly number[])[];
  /** Shares of the width at which the value is no number. */
  readonly broken: readonly number[];
  /** What the last value is, where it is no number. */
  readonly last: 'NaN' | '∞' | '−∞' | undefined;
}

/** Values that differ by less than this share of their size are a flat line, not noise drawn large. */
const flat = 1e-6;

function named(value: number): Sparkline['last'] {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '∞' : '−∞';
}

/** @param steps of the values, ascending */
export function sparkline(steps: readonly number[], values: ArrayLike<number>): Sparkline {
  const finite = Array.from(values).filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const isFlat = !(high - low > flat * Math.max(Math.abs(high), Math.abs(low)));
  const [from, to] = [steps[0] ?? 0, steps.at(-1) ?? 0];
  const x = (index: number) => (to > from ? ((steps[index] ?? 0) - from) / (to - from) : 1);
  const strokes: number[][] = [];
  const broken: number[] = [];
  let stroke: number[] | undefined;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) {
      broken.push(x(index));
      stroke = undefined;
      continue;
    }
    if (!stroke) strokes.push((stroke = []));
    stroke.push(x(index), isFlat ? 0.5 : 1 - (value - low) / (high - low));
  }
  return { strokes, broken, last: values.length > 0 ? named(values[values.length - 1] ?? NaN) : undefined };
}
