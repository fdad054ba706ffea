// What a time chart is given: a fixed scale, lines with their own steps, thresholds and named rules.

export interface ChartScale {
  readonly kind: 'linear' | 'log';
  /** Lower end of the axis; above 0 on a logarithmic one. */
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

export interface ChartLine {
  readonly id: string;
  readonly label: string;
  readonly tone: 'ink' | 'action' | 'muted' | 'ghost';
  readonly dashed: boolean;
  /** CSS pixels. */
  readonly width: number;
  /** Ascending. */
  readonly steps: ArrayLike<number>;
  /**
   * One per step. NaN and infinity are values, drawn at the edge. `undefined` = not evaluated at this step: the line runs on to
   * the next value. `null` = not emitted: the line is interrupted.
   */
  readonly values: ArrayLike<number | null | undefined>;
}

export interface ChartThreshold {
  /** By which whoever draws the chart knows it again. */
  readonly name: string;
  readonly value: number;
  readonly label: string;
  readonly tone: 'warning' | 'firing';
}

/** Where an alarm would begin. */
export interface ChartAlarm {
  readonly step: number;
  readonly severity: 'warning' | 'firing';
}

export interface ChartMark {
  readonly step: number;
  readonly label: string;
}

/** Steps on the time axis, both ends drawn. */
export interface ChartWindow {
  readonly from: number;
  readonly to: number;
}

/** A rectangle in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of a chart, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Height of a chart's texts in CSS pixels: a large chart is read from the back row. */
export function textSize({ width, height }: Size): number {
  return width >= 720 && height >= 150 ? 15 : 12;
}

/** Room around the plot. The same in every chart of a size, so that charts above one another share their time axis. */
export function marginOf(size: Size) {
  return textSize(size) > 12
    ? { left: 62, right: 16, top: 21, bottom: 22 }
    : { left: 50, right: 14, top: 17, bottom: 18 };
}

export function plotArea(size: Size): Area {
  const { left, right, top, bottom } = marginOf(size);
  return {
    left,
    top,
    width: Math.max(1, size.width - left - right),
    height: Math.max(1, size.height - top - bottom),
  };
}
