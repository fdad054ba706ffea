// All that one drawing of a chart depends on.
import type { Palette } from '../drawing/palette.ts';
import type { ChartLine, ChartMark, ChartScale, ChartThreshold, ChartWindow } from './chart.ts';

export interface PlotInput {
  readonly scale: ChartScale;
  readonly lines: readonly ChartLine[];
  readonly thresholds: readonly ChartThreshold[];
  readonly marks: readonly ChartMark[];
  readonly window: ChartWindow;
  readonly palette: Palette;
  /** Of the page around it: the plot has as many pixels as the screen. */
  readonly zoom: number;
  /** CSS pixels of the zoomed page. */
  readonly width: number;
  readonly height: number;
}
