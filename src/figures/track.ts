// The head of a figure's time axis: what was done, in words at its steps, and what each detector said, as bars from raised to resolved.
import { detectorOf } from '../detectors/index.ts';
import type { Intervention } from '../core/timeline.ts';
import type { Deed } from './deeds.ts';
import { toldIn, type Told } from './findings.ts';
import { ink, margin, xOf, type Frame } from './frame.ts';
import { element, haloed, label, line, textWidth } from './svg.ts';
import type { RecordedRun } from './recordedRun.ts';
import { entryWords, layerOf, severityWords } from './words.ts';

const rowHeight = 19;

interface Place {
  readonly left: number;
  readonly row: number;
}

/** Texts in rows, none over another: right of their steps, or left where the plot ends. */
function placed(
  texts: readonly { readonly x: number; readonly length: number }[],
  right: number,
): readonly Place[] {
  const rows: { from: number; to: number }[][] = [];
  return texts.map(({ x, length }) => {
    const left = x + 6 + length <= right ? x + 6 : x - 6 - length;
    const span = { from: Math.min(left, x) - 8, to: Math.max(left + length, x) + 8 };
    const found = rows.findIndex((row) => row.every(({ from, to }) => span.to < from || span.from > to));
    const row = found < 0 ? rows.length : found;
    (rows[row] ??= []).push(span);
    return { left, row };
  });
}

export interface Strip {
  readonly height: number;
  readonly markup: string;
}

/** An arrow back along the time axis. */
function rewindArrow({ at, rewindTo }: Intervention, y: number, frame: Frame): string {
  if (rewindTo === undefined || rewindTo >= at) return '';
  const [x, tip] = [xOf(at, frame), xOf(rewindTo, frame)];
  return (
    line([tip, y], [x, y], { stroke: ink.text, 'stroke-width': 1.2 }) +
    element('path', { d: `M${tip} ${y}l7 -3.5v7z`, fill: ink.text })
  );
}

const mostLetters = 72;

function shortened(words: string): string {
  return words.length > mostLetters ? `${words.slice(0, mostLetters - 1)}…` : words;
}

/** What was done, each at its step. `bottom` = where the rules below end. */
export function drawDeeds(deeds: readonly Deed[], top: number, bottom: number, frame: Frame): Strip {
  const texts = deeds.map(({ entry, from }) => {
    const words = shortened(entryWords(entry));
    return { words, x: xOf(from, frame), length: textWidth(words) };
  });
  const places = placed(texts, frame.right);
  const height = deeds.length === 0 ? 0 : (Math.max(...places.map(({ row }) => row)) + 1) * rowHeight + 6;
  const markup = deeds.map(({ entry, from, to }, index) => {
    const { left, row } = places[index] ?? { left: 0, row: 0 };
    const [x, y] = [xOf(from, frame), top + row * rowHeight + 13];
    const band = element('rect', {
      x,
      y: top + height,
      width: xOf(to, frame) - x,
      height: bottom - top - height,
      class: 'lasting',
    });
    return [
      to > from ? band : '',
      line([x, y - 11], [x, bottom], { stroke: ink.text, 'stroke-width': 1.1 }),
      rewindArrow(entry, y + 5, frame),
      haloed(left, y, texts[index]?.words ?? '', { class: 'halo' }),
    ].join('');
  });
  const heading = deeds.length === 0 ? '' : label(margin, top + 13, 'Timeline', { class: 'title' });
  return { height, markup: heading + markup.join('') };
}

interface Row {
  readonly heading: string;
  readonly begin: number;
  readonly end: number;
  readonly told: readonly Told[];
}

/** One row per detector, layer and run, in order of the first finding. */
function rowsOf(runs: readonly RecordedRun[]): readonly Row[] {
  const rows = new Map<string, Row & { told: Told[] }>();
  for (const run of runs) {
    for (const told of toldIn(run)) {
      const { finding } = told;
      const layer = layerOf(finding);
      const heading = [
        detectorOf(finding.detector).title,
        ...(layer === undefined ? [] : [`layer ${layer}`]),
        ...(runs.length > 1 ? [`run ${run.name}`] : []),
      ].join(', ');
      const key = `${heading} ${finding.layer}`;
      const row = rows.get(key) ?? { heading, begin: run.begin, end: run.end, told: [] };
      row.told.push(told);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

interface Bar {
  readonly told: Told;
  readonly x: number;
  readonly length: number;
}

/** A bar for each finding, to the step at which it was over or became worse; what a run took over begins with it. */
function barsOf({ told, begin, end }: Row, frame: Frame): readonly Bar[] {
  return told.map((one, index) => {
    const next = told[index + 1]?.finding.at ?? Infinity;
    const x = xOf(Math.max(begin, one.finding.at), frame);
    return { told: one, x, length: Math.max(3, xOf(Math.min(one.resolved ?? end, next), frame) - x) };
  });
}

function wordsOf({ finding, resolved, inherited }: Told): string {
  if (!inherited) return severityWords(finding);
  return resolved === undefined ? 'goes on' : `over ${resolved}`;
}

/** Within the bar where it fits, or else right of it where nothing follows. */
function barWords({ told, x, length }: Bar, next: Bar | undefined, y: number, frame: Frame): string {
  const words = wordsOf(told);
  const room = textWidth(words, 11) + 10;
  const isInside = length >= room;
  if (!isInside && x + length + room > Math.min(frame.right + 8, next?.x ?? Infinity)) return '';
  const fill = isInside ? ink.paper : ink[told.finding.severity];
  return label(isInside ? x + 6 : x + length + 5, y, words, { class: 'bar', style: `fill:${fill}` });
}

function drawBars(row: Row, y: number, frame: Frame): string {
  const bars = barsOf(row, frame);
  return bars
    .map((bar, index) => {
      const fill = ink[bar.told.finding.severity];
      const shape = element('rect', { x: bar.x, y: y - 10.5, width: bar.length, height: 13, fill, rx: 1 });
      return shape + barWords(bar, bars[index + 1], y - 0.4, frame);
    })
    .join('');
}

/** What the detectors said. */
export function drawFindings(runs: readonly RecordedRun[], top: number, frame: Frame): Strip {
  const rows = rowsOf(runs);
  const markup = rows.map((row, index) => {
    const y = top + index * rowHeight + 13;
    return label(margin, y, row.heading, { class: 'title' }) + drawBars(row, y, frame);
  });
  return { height: rows.length === 0 ? 0 : rows.length * rowHeight + 6, markup: markup.join('') };
}
