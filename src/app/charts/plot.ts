// A uPlot whose axes are given, not found in the data.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { marginOf, plotArea, textSize, type ChartLine, type Size } from './chart.ts';
import { drawEdges, drawGrid, drawMarks, drawThresholds, type Drawing } from './drawMarks.ts';
import { joinLines, type JoinedLines } from './joinLines.ts';
import type { PlotInput } from './plotInput.ts';

export interface Plot {
  /** Otherwise it must be made anew: uPlot cannot change how many lines there are, nor their strokes. */
  fits(input: Shape): boolean;
  draw(input: PlotInput): void;
  destroy(): void;
}

type Shape = Pick<PlotInput, 'lines' | 'width' | 'height' | 'zoom'>;

/** What a plot cannot change once it is there: how its lines look, how large its texts are, and its zoom. */
function shapeOf({ lines, zoom, ...size }: Shape): string {
  const looks = lines.map(({ dashed, tone, width }) => `${tone} ${width} ${dashed ? 'dashed' : ''}`);
  return [textSize(size), zoom, ...looks].join();
}

export default function createPlot(element: HTMLElement, first: PlotInput): Plot {
  let input = first;
  const shape = shapeOf(first);
  element.style.zoom = String(1 / first.zoom);
  let joined: JoinedLines = { steps: [], columns: [], edgeRuns: [] };
  const drawing = (plot: uPlot): Drawing => ({
    ...input,
    context: plot.ctx,
    edgeRuns: joined.edgeRuns,
    area: area(),
  });
  const area = () => plotArea(input);
  const plot = new uPlot(
    options(() => input, drawing),
    [[]],
    element,
  );
  return {
    fits: (next) => shapeOf(next) === shape,
    draw: (next) => {
      input = next;
      joined = joinLines(next.lines, next.scale, next.window);
      plot.batch(() => {
        const { width, height } = zoomed(next);
        if (plot.width !== width || plot.height !== height) plot.setSize({ width, height });
        plot.setData([joined.steps, ...joined.columns], false);
        plot.setScale('x', { min: next.window.from, max: next.window.to });
      });
    },
    destroy: () => {
      plot.destroy();
    },
  };
}

/** uPlot knows of no zoom: it stands in an element without one, and is as much larger. */
function zoomed({ width, height, zoom }: Shape): Size {
  return { width: width * zoom, height: height * zoom };
}

function options(input: () => PlotInput, drawing: (plot: uPlot) => Drawing): uPlot.Options {
  const { zoom, lines } = input();
  const margin = marginOf(input());
  return {
    ...zoomed(input()),
    padding: [margin.top * zoom, margin.right * zoom, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [input().window.from, input().window.to] },
      // Shares of the axis: the scale is ours, and NaN has a place on it.
      y: { auto: false, range: () => [0, 1] },
    },
    axes: [
      {
        show: true,
        size: margin.bottom * zoom,
        splits: () => [],
        grid: { show: false },
        ticks: { show: false },
      },
      {
        show: true,
        size: margin.left * zoom,
        splits: () => [],
        grid: { show: false },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      ...lines.map((line, index) =>
        series(line, zoom, () => input().palette[input().lines[index]?.tone ?? 'ink']),
      ),
    ],
    hooks: {
      drawClear: [(plot) => [drawGrid, drawThresholds].forEach((draw) => draw(drawing(plot)))],
      draw: [(plot) => [drawEdges, drawMarks].forEach((draw) => draw(drawing(plot)))],
    },
  };
}

function series({ dashed, width, tone }: ChartLine, zoom: number, stroke: () => string): uPlot.Series {
  const dash = tone === 'ghost' ? [1.5, 3] : [5, 3];
  return {
    scale: 'y',
    stroke,
    width: width * zoom,
    ...(dashed ? { dash: dash.map((length) => length * zoom) } : {}),
    points: { show: false },
  };
}
