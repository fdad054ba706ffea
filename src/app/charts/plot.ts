// A uPlot whose axes are given, not found in the data.
import uPlot from 'uplot';
import { margin, plotArea, type ChartLine } from './chart.ts';
import { drawEdges, drawGrid, drawMarks, drawThresholds, type Drawing } from './drawMarks.ts';
import { joinLines, type JoinedLines } from './joinLines.ts';
import type { PlotInput } from './plotInput.ts';

export interface Plot {
  /** What the plot was made for: with another shape it must be made anew. */
  readonly shape: string;
  draw(input: PlotInput): void;
  destroy(): void;
}

/** What uPlot cannot change later: how many lines, with which strokes. */
export function plotShape({ lines }: Pick<PlotInput, 'lines'>): string {
  return lines.map(({ dashed, tone, width }) => `${tone} ${width} ${dashed ? 'dashed' : ''}`).join();
}

export function createPlot(element: HTMLElement, first: PlotInput): Plot {
  let input = first;
  let joined: JoinedLines = { steps: [], columns: [], edgeRuns: [] };
  const drawing = (plot: uPlot): Drawing => ({
    ...input,
    context: plot.ctx,
    edgeRuns: joined.edgeRuns,
    area: area(),
  });
  const area = () => plotArea(input.width, input.height);
  const plot = new uPlot(
    options(() => input, drawing),
    [[]],
    element,
  );
  return {
    shape: plotShape(first),
    draw: (next) => {
      input = next;
      joined = joinLines(next.lines, next.scale, next.window);
      plot.batch(() => {
        if (plot.width !== next.width || plot.height !== next.height) plot.setSize(next);
        plot.setData([joined.steps, ...joined.columns], false);
        plot.setScale('x', { min: next.window.from, max: next.window.to });
      });
    },
    destroy: () => {
      plot.destroy();
    },
  };
}

function options(input: () => PlotInput, drawing: (plot: uPlot) => Drawing): uPlot.Options {
  const { width, height, lines } = input();
  return {
    width,
    height,
    padding: [margin.top, margin.right, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [input().window.from, input().window.to] },
      // Shares of the axis: the scale is ours, and NaN has a place on it.
      y: { auto: false, range: () => [0, 1] },
    },
    axes: [
      { show: true, size: margin.bottom, splits: () => [], grid: { show: false }, ticks: { show: false } },
      { show: true, size: margin.left, splits: () => [], grid: { show: false }, ticks: { show: false } },
    ],
    series: [
      {},
      ...lines.map((line, index) => series(line, () => input().palette[input().lines[index]?.tone ?? 'ink'])),
    ],
    hooks: {
      drawClear: [(plot) => [drawGrid, drawThresholds].forEach((draw) => draw(drawing(plot)))],
      draw: [(plot) => [drawEdges, drawMarks].forEach((draw) => draw(drawing(plot)))],
    },
  };
}

function series({ dashed, width, tone }: ChartLine, stroke: () => string): uPlot.Series {
  return {
    scale: 'y',
    stroke,
    width,
    ...(dashed ? { dash: tone === 'ghost' ? [1.5, 3] : [5, 3] } : {}),
    points: { show: false },
  };
}
