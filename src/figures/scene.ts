// What a figure shows: the runs of one story, its charts, and for every chart the lines with their strokes.
import { settingsAt, settingsPeriods } from '../core/timeline.ts';
import type { DetectorId } from '../detectors/index.ts';
import type { SignalId } from '../signals/index.ts';
import type { Chart, ChartContext, ChartLine } from './charts.ts';
import { strokes, unseen, type Stroke } from './frame.ts';
import { within, type Series } from './series.ts';
import type { RecordedRun } from './recordedRun.ts';

export interface Scene {
  readonly title: string;
  readonly story: string;
  readonly runs: readonly [RecordedRun, ...RecordedRun[]];
  /** The same recipe and seed without its timeline; absent where there is none to compare with. */
  readonly twin: RecordedRun | undefined;
  readonly detectors: readonly DetectorId[];
  readonly context: ChartContext;
}

export interface DrawnLine {
  readonly label: string;
  readonly stroke: Stroke;
  readonly series: Series;
  readonly line: ChartLine;
  /** Undefined = the twin. */
  readonly generation: number | undefined;
}

function lastRun({ runs }: Scene): RecordedRun {
  return runs.at(-1) ?? runs[0];
}

/** Where the time axis ends: a run that was just forked is behind the one that it came from. */
export function lastStep({ runs }: Scene): number {
  return Math.max(...runs.map(({ end }) => end));
}

/** Signals that are not emitted at a step of the last run or of the ancestor that it took it over from. */
function unemittedAt({ runs }: Scene): (step: number) => readonly string[] {
  const periods = runs.map(({ begin, recipe, generation }) => ({
    begin,
    settings: settingsPeriods(recipe, generation),
  }));
  return (step) => {
    const run = periods.findLast(({ begin }) => begin <= step) ?? periods[0];
    return run ? settingsAt(run.settings, step).unemitted : [];
  };
}

/** A series in two: what was emitted, and what would have been seen. */
function split(
  { steps, values }: Series,
  signals: readonly SignalId[],
  unemitted: (step: number) => readonly string[],
): { readonly emitted: Series; readonly hidden: Series | undefined } {
  const isHidden = steps.map((step) => {
    const hiddenHere = unemitted(step);
    return signals.some((signal) => hiddenHere.includes(signal));
  });
  const only = (wanted: boolean): Series => {
    const kept = steps.flatMap((_, index) => (isHidden[index] === wanted ? [index] : []));
    return {
      steps: kept.map((index) => steps[index] ?? 0),
      values: kept.map((index) => values[index] ?? NaN),
    };
  };
  return { emitted: only(false), hidden: isHidden.includes(true) ? only(true) : undefined };
}

/** The last run's lines in the order of their key; signals that were not emitted are drawn as what would have been seen. */
function lookedLines(chart: Chart, scene: Scene): readonly DrawnLine[] {
  const unemitted = unemittedAt(scene);
  const run = lastRun(scene);
  const { generation } = run;
  return chart.lines.flatMap((line): readonly DrawnLine[] => {
    const { label, stroke } = line;
    const { emitted, hidden } = split(line.read(run), line.signals, unemitted);
    const notEmitted = { ...stroke, ...unseen };
    return [
      ...(emitted.steps.length > 0 ? [{ line, generation, label, stroke, series: emitted }] : []),
      ...(hidden
        ? [{ line, generation, label: `${label}, not emitted`, stroke: notEmitted, series: hidden }]
        : []),
    ];
  });
}

/** Earlier runs, from where the next one left them. */
function brokenLines(chart: Chart, { runs }: Scene): readonly DrawnLine[] {
  return runs.slice(0, -1).flatMap((run, index) =>
    chart.lines
      .filter(({ also }) => also.includes('broken'))
      .map((line) => ({
        line,
        generation: run.generation,
        label: `run ${run.name}${line.layer > 0 ? `, ${line.label}` : ', left alone'}`,
        stroke: { ...line.stroke, ...strokes.broken },
        series: within(line.read(run), runs[index + 1]?.begin ?? 0, Infinity),
      })),
  );
}

function areEqual(a: Series, b: Series): boolean {
  return (
    a.values.length === b.values.length && a.values.every((value, index) => Object.is(value, b.values[index]))
  );
}

/** From the first thing that was done: before, it is the same run. Left out where it is the same to the end. */
function twinLines(chart: Chart, scene: Scene): readonly DrawnLine[] {
  const { runs, twin } = scene;
  const [first] = runs[0].recipe.timeline;
  if (!twin || !first) return [];
  return chart.lines
    .filter((line) => line.also.includes('twin') && !areEqual(line.read(twin), line.read(lastRun(scene))))
    .map((line) => ({
      line,
      generation: undefined,
      label: 'no fault',
      stroke: strokes.twin,
      series: within(line.read(twin), first.at, Infinity),
    }));
}

/** All lines of a chart that have a value, the last run's own first. */
export function linesOf(chart: Chart, scene: Scene): readonly DrawnLine[] {
  const lines = [...lookedLines(chart, scene), ...brokenLines(chart, scene), ...twinLines(chart, scene)];
  return lines.filter(({ series }) => series.steps.length > 0);
}
