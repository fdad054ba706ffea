// What a chart draws besides its lines: grid and numbers, thresholds, named rules, and what left the scale.
import { textWidth } from '../drawing/textWidth.ts';
import { textSize, type Area } from './chart.ts';
import type { EdgeRun } from './joinLines.ts';
import { clearOf, ruleLabels, spread } from './labels.ts';
import type { PlotInput } from './plotInput.ts';
import { share, stepShare, stepTicks } from './scale.ts';

export interface Drawing extends PlotInput {
  readonly context: CanvasRenderingContext2D;
  readonly edgeRuns: readonly EdgeRun[];
  /** Of the plot, in CSS pixels. */
  readonly area: Area;
}

const markRows = 2;
const type = (weight: number, size: number) =>
  `${weight} ${size}px B612, ui-sans-serif, system-ui, sans-serif`;

const x = ({ area, window }: Drawing, step: number) => area.left + stepShare(step, window) * area.width;
const y = ({ area, scale }: Drawing, value: number) => area.top + (1 - share(value, scale)) * area.height;

/** Draws in CSS pixels of the page; uPlot's own context counts those of the screen. */
function within({ context, zoom, ...size }: Drawing, draw: () => void): void {
  const ratio = devicePixelRatio * zoom;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  // uPlot leaves its own behind.
  context.setLineDash([]);
  context.lineWidth = 1;
  context.font = type(400, textSize(size));
  draw();
  context.restore();
}

function rule({ context }: Drawing, from: readonly [number, number], to: readonly [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

const crisp = (place: number) => Math.round(place) + 0.5;

export function drawGrid(drawing: Drawing): void {
  const { context, area, palette, scale, window } = drawing;
  const size = textSize(drawing);
  const bottom = area.top + area.height;
  const ticks = scale.ticks.map((value) => ({ value, at: y(drawing, value) }));
  within(drawing, () => {
    context.strokeStyle = palette.line;
    for (const { at } of ticks) rule(drawing, [area.left, crisp(at)], [area.left + area.width, crisp(at)]);
    context.fillStyle = palette.muted;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const { value, at } of clearOf(ticks, thresholdLabels(drawing), size + 1))
      context.fillText(scale.format(value), area.left - 7, at);
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    for (const step of stepTicks(window, area.width)) {
      rule(drawing, [crisp(x(drawing, step)), bottom], [crisp(x(drawing, step)), bottom + 3]);
      const text = step.toLocaleString('en-US');
      // The last one ends with the chart: its middle may lie where half of it has no room.
      const middle = Math.min(x(drawing, step), drawing.width - 1 - context.measureText(text).width / 2);
      context.fillText(text, middle, bottom + size + 3);
    }
  });
}

function thresholdsWithin({ thresholds, scale }: Drawing) {
  return thresholds.filter(({ value }) => value >= scale.low && value <= scale.high);
}

/** Centres of the numbers of the thresholds beside the axis. */
function thresholdLabels(drawing: Drawing): number[] {
  const { area } = drawing;
  const centres = thresholdsWithin(drawing).map(({ value }) => y(drawing, value) - area.top);
  return spread(centres, textSize(drawing) + 1, area.height).map((centre) => centre + area.top);
}

export function drawThresholds(drawing: Drawing): void {
  const { context, area, palette } = drawing;
  const thresholds = thresholdsWithin(drawing);
  const labels = thresholdLabels(drawing);
  within(drawing, () => {
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.lineWidth = 1.25;
    thresholds.forEach(({ value, label, tone }, index) => {
      context.strokeStyle = context.fillStyle = palette[tone];
      context.setLineDash([5, 4]);
      rule(
        drawing,
        [area.left, crisp(y(drawing, value))],
        [area.left + area.width, crisp(y(drawing, value))],
      );
      context.setLineDash([]);
      const at = labels[index] ?? 0;
      rule(drawing, [area.left - 5, at], [area.left, y(drawing, value)]);
      context.fillText(label, area.left - 7, at);
    });
  });
}

export function drawMarks(drawing: Drawing): void {
  const { context, area, palette, window } = drawing;
  const size = textSize(drawing);
  const marks = drawing.marks
    .filter(({ step }) => step >= window.from && step <= window.to)
    .sort((a, b) => a.step - b.step)
    .map(({ step, label }) => ({ label, at: x(drawing, step) - area.left, width: textWidth(label, size) }));
  const places = ruleLabels(marks, area.width + 12, markRows);
  within(drawing, () => {
    context.strokeStyle = context.fillStyle = palette.ink;
    const bottom = area.top + area.height;
    for (const { at } of marks) rule(drawing, [crisp(area.left + at), 3], [crisp(area.left + at), bottom]);
    marks.forEach(({ label, at }, index) => {
      const place = places[index];
      if (place?.row == null) dot(drawing, crisp(area.left + at), bottom);
      else haloed(drawing, label, area.left + place.left, size + place.row * (size + 3));
    });
  });
}

function dot({ context }: Drawing, left: number, top: number): void {
  context.beginPath();
  context.arc(left, top, 3, 0, 2 * Math.PI);
  context.fill();
}

/** Text that stays readable where lines run behind it. */
function haloed({ context, palette }: Drawing, text: string, left: number, baseline: number): void {
  context.save();
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.strokeStyle = palette.card;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeText(text, left, baseline);
  context.fillText(text, left, baseline);
  context.restore();
}

/** Values beyond the scale: arrow heads along the edge in the colour of the line. NaN: a solid bar, and its name. */
export function drawEdges(drawing: Drawing): void {
  within(drawing, () => {
    for (const run of drawing.edgeRuns) {
      if (run.edge === 'nan') drawNaN(drawing, run);
      else drawBeyond(drawing, run, run.edge);
    }
  });
}

function drawNaN(drawing: Drawing, { from, to }: EdgeRun): void {
  const { context, area, palette } = drawing;
  const left = x(drawing, from);
  context.fillStyle = palette.firing;
  context.fillRect(left, area.top - 2, Math.max(4, x(drawing, to) - left), 4);
  const size = textSize(drawing);
  context.font = type(700, size);
  const width = textWidth('NaN', size) + 8;
  haloed(drawing, 'NaN', Math.min(left, area.left + area.width - width), area.top + size + 4);
}

function drawBeyond(drawing: Drawing, { line, from, to }: EdgeRun, edge: 'high' | 'low'): void {
  const { context, area, palette, lines } = drawing;
  const [tip, base] =
    edge === 'high' ? [area.top - 5, area.top + 1] : [area.top + area.height + 5, area.top + area.height - 1];
  context.fillStyle = palette[lines[line]?.tone ?? 'ink'];
  for (let at = x(drawing, from); at <= x(drawing, to); at += 14) {
    context.beginPath();
    context.moveTo(at - 4, base);
    context.lineTo(at, tip);
    context.lineTo(at + 4, base);
    context.fill();
  }
}
