// One chart of a figure: title and key at the left, then axis, limits, lines, and the findings where they were told.
import type { Axis } from './axis.ts';
import type { Chart, Limit } from './charts.ts';
import { ink, margin, xOf, type Frame } from './frame.ts';
import { nanStretches, pathOf, yOf, type Box } from './path.ts';
import type { DrawnLine } from './scene.ts';
import { element, haloed, label, line, textWidth, wrapped } from './svg.ts';

/** A finding on a chart. */
export interface Mark {
  readonly step: number;
  readonly generation: number;
  /** What it rests on. */
  readonly signal: string;
  readonly layer: number;
  readonly severity: 'warning' | 'firing';
  readonly words: string;
}

export interface Panel {
  readonly chart: Chart;
  readonly lines: readonly DrawnLine[];
  readonly marks: readonly Mark[];
  readonly box: Box;
}

const textHeight = 12;
const keyWidth = 22;
const lineHeight = 16;

/** Room for its title and key beside the plot. */
export function panelHeight(lines: readonly DrawnLine[]): number {
  return Math.max(118, 34 + lines.length * lineHeight);
}

function titleAndKey({ chart, lines, box }: Panel, frame: Frame): string {
  const titleLines = wrapped(chart.title, frame.left - margin - 50, 13);
  const titles = titleLines.map((text, index) =>
    label(margin, box.top + 11 + index * lineHeight, text, { class: 'title' }),
  );
  const first = box.top + 11 + titleLines.length * lineHeight;
  const keys = lines.map(({ label: text, stroke }, index) => {
    const y = first + index * lineHeight;
    return (
      line([margin, y - 4], [margin + keyWidth, y - 4], stroke) +
      label(margin + keyWidth + 7, y, text, { class: 'muted' })
    );
  });
  return [...titles, ...keys].join('');
}

/** Limits within the axis, with their numbers moved apart. */
function limitPlaces({ chart, box }: Panel, axis: Axis) {
  const shown = chart.limits
    .filter(({ value }) => value >= axis.low && value <= axis.high)
    .map((limit) => ({ limit, y: yOf(limit.value, axis, box) }))
    .sort((a, b) => a.y - b.y);
  let floor = -Infinity;
  return shown.map(({ limit, y }) => {
    const text = Math.max(y, floor);
    floor = text + textHeight + 1;
    return { limit, y, text };
  });
}

function grid(panel: Panel, axis: Axis, frame: Frame): string {
  const { box } = panel;
  const taken = limitPlaces(panel, axis).map(({ text }) => text);
  const rules = axis.ticks.map((tick) => {
    const y = yOf(tick, axis, box);
    const isFree = taken.every((place) => Math.abs(place - y) >= textHeight);
    return (
      line([frame.left, y], [frame.right, y], { stroke: ink.line }) +
      (isFree ? label(frame.left - 8, y + 4, axis.format(tick), { class: 'tick' }) : '')
    );
  });
  return rules.join('');
}

function limitLine({ limit, y, text }: { limit: Limit; y: number; text: number }, frame: Frame): string {
  const colour = ink[limit.tone];
  return (
    line([frame.left, y], [frame.right, y], {
      stroke: colour,
      'stroke-width': 1.2,
      'stroke-dasharray': '6 4',
    }) + label(frame.left - 8, text + 4, limit.label, { class: 'tick', style: `fill:${colour}` })
  );
}

function drawnLine({ series, stroke }: DrawnLine, axis: Axis, { box }: Panel, frame: Frame): string {
  const d = pathOf(series, frame, axis, box);
  return d === '' ? '' : element('path', { d, class: 'line', ...stroke });
}

/** NaN has no place on an axis: a bar along the upper edge, with its name. */
function nanBars({ lines, box }: Panel, frame: Frame): string {
  const stretches = lines.flatMap(({ series, generation }) =>
    generation === undefined ? [] : nanStretches(series),
  );
  if (stretches.length === 0) return '';
  const bars = stretches.map(([from, to]) => {
    const x = xOf(from, frame);
    const length = Math.max(4, xOf(to, frame) - x);
    return element('rect', { x, y: box.top - 2, width: length, height: 4, fill: ink.firing });
  });
  // At its end: where it begins, findings have their words.
  const x = xOf(Math.max(...stretches.map(([, to]) => to)), frame) - textWidth('NaN') - 10;
  return (
    bars.join('') + haloed(x, box.top + 17, 'NaN', { class: 'halo strong', style: `fill:${ink.firing}` })
  );
}

/** The line that a mark stands on: of its run, signal and layer where there is one. */
function markedLine(mark: Mark, lines: readonly DrawnLine[]): DrawnLine | undefined {
  const reached = lines.filter(({ series }) => (series.steps[0] ?? Infinity) <= mark.step);
  const fits: readonly ((line: DrawnLine) => boolean)[] = [
    ({ line }) => mark.layer === 0 || line.layer === mark.layer,
    ({ line }) => line.signals.some((signal) => mark.signal.startsWith(signal)),
    ({ generation }) => generation === mark.generation,
  ];
  return fits.reduce((left, fit) => (left.some(fit) ? left.filter(fit) : left), reached)[0];
}

/** At the mark's step, or the last one before. */
function markedValue(mark: Mark, lines: readonly DrawnLine[]): number | undefined {
  const { series } = markedLine(mark, lines) ?? {};
  return series?.values[series.steps.findLastIndex((step) => step <= mark.step)];
}

interface Spot {
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

const dotRadius = 4.5;

/** Words beside their marks, right of them or left where the plot ends, those of what fires first; words that would meet others are left out. */
function drawnWords(spots: readonly Spot[], { box }: Panel, frame: Frame): string {
  const taken: Span[] = spots.map(({ x, y }) => ({
    from: x - dotRadius,
    to: x + dotRadius,
    y: y + dotRadius,
  }));
  const ranked = [...spots].sort(
    (a, b) => Number(b.mark.severity === 'firing') - Number(a.mark.severity === 'firing'),
  );
  return ranked
    .map(({ mark: { words, severity }, x, y }) => {
      const length = textWidth(words);
      const left = x + 9 + length <= frame.right ? x + 9 : x - 9 - length;
      const span = {
        from: left - 2,
        to: left + length + 2,
        // Above the dot; below it where the plot ends.
        y: y - 20 >= box.top ? y - 8 : y + 20,
      };
      const meets = (other: Span): boolean =>
        Math.abs(other.y - span.y) < textHeight && span.from < other.to && other.from < span.to;
      if (taken.some(meets)) return '';
      taken.push(span);
      return haloed(left, span.y, words, { class: 'halo strong', style: `fill:${ink[severity]}` });
    })
    .join('');
}

function drawnMarks(panel: Panel, axis: Axis, frame: Frame): string {
  const { marks, lines, box } = panel;
  const spots = marks.map((mark): Spot => {
    const value = markedValue(mark, lines);
    return { mark, x: xOf(mark.step, frame), y: value === undefined ? box.top : yOf(value, axis, box) };
  });
  const dots = spots.map(({ mark: { severity }, x, y }) =>
    element('circle', {
      cx: x,
      cy: y,
      r: dotRadius,
      fill: ink[severity],
      stroke: ink.paper,
      'stroke-width': 1.5,
    }),
  );
  return dots.join('') + drawnWords(spots, panel, frame);
}

/** What stands within the frame, and the numbers beside it. */
export function drawPlot(panel: Panel, frame: Frame): readonly string[] {
  const { chart, lines, box } = panel;
  const axis = chart.axis([
    ...lines.flatMap(({ series }) => series.values),
    // A little beyond, so that no limit lies on the frame.
    ...chart.limits.flatMap(({ value }) => [value * 0.8, value * 1.25]),
  ]);
  const limits = limitPlaces(panel, axis).map((limit) => limitLine(limit, frame));
  // The other runs below the one that the figure is about, and single batches below whole sets.
  const looked = lines[0]?.generation;
  const [above, below] = [true, false].map((isLooked) =>
    lines.filter(({ generation }) => (generation === looked) === isLooked),
  ) as [DrawnLine[], DrawnLine[]];
  const paths = [...below, ...above].map((drawn) => drawnLine(drawn, axis, panel, frame));
  return [
    grid(panel, axis, frame),
    element('rect', {
      x: frame.left,
      y: box.top,
      width: frame.right - frame.left,
      height: box.height,
      class: 'plot',
    }),
    ...limits,
    ...paths,
    nanBars(panel, frame),
    drawnMarks(panel, axis, frame),
  ];
}

export function drawPanel(panel: Panel, frame: Frame): string {
  return element('g', {}, ...drawPlot(panel, frame), titleAndKey(panel, frame));
}
