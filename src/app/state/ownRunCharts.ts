// The charts of a training log from elsewhere: the page's own, as far as the log has their signals, on axes that fit it.
import { defaultRecipe } from '../../core/recipe.ts';
import { decimal } from '../../core/wording.ts';
import type { ChartLine, ChartScale } from '../charts/chart.ts';
import { chartLines, chartSpec, type ChartId } from './charts.ts';
import { chartSpecs } from './chartSpecs.ts';
import type { History } from './history.svelte.ts';

const pointsPerChart = 600;
const ids = Object.keys(chartSpecs) as ChartId[];

function finiteValues(lines: readonly ChartLine[]): readonly number[] {
  return lines.flatMap(({ values }) =>
    Array.from(values).filter(
      (value): value is number => typeof value === 'number' && Number.isFinite(value),
    ),
  );
}

/** Decades between two ends, at most six of them marked. */
function decades(low: number, high: number): readonly number[] {
  const [from, to] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const every = Math.ceil((to - from + 1) / 6);
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, k) => 10 ** (from + k * every));
}

function linear(low: number, high: number): ChartScale {
  const room = (high - low || 1) * 0.05;
  const middle = (low + high) / 2;
  const ticks = [low, middle, high];
  return { kind: 'linear', low: low - room, high: high + room, ticks, format: decimal };
}

/** The page's axes where values lie on them; wider by decades, or linear where a loss is below zero. */
function fittedScale(scale: ChartScale, lines: readonly ChartLine[]): ChartScale {
  const values = finiteValues(lines);
  const low = values.reduce((least, value) => Math.min(least, value), scale.low);
  const high = values.reduce((most, value) => Math.max(most, value), scale.high);
  if (low >= scale.low && high <= scale.high) return scale;
  if (scale.kind === 'linear' || low < 0) return linear(low, high);
  const positive = values
    .filter((value) => value > 0)
    .reduce((least, value) => Math.min(least, value), scale.low);
  const ends = [10 ** Math.floor(Math.log10(positive)), 10 ** Math.ceil(Math.log10(high))] as const;
  return { ...scale, low: ends[0], high: ends[1], ticks: decades(...ends), format: decimal };
}

/** Every chart that has a line to draw. */
export function ownRunCharts(
  history: History,
  layers: number,
  thresholds: Readonly<Record<string, number>>,
  window: { readonly from: number; readonly to: number },
) {
  const recipe = {
    ...defaultRecipe,
    hidden: Array.from({ length: layers }, () => 1),
    classes: 3,
    thresholds,
  };
  const run = { name: 'own', part: 'looked', history, unemitted: () => [], reveals: false } as const;
  return ids.flatMap((id) => {
    const spec = chartSpec(id, { recipe, inputs: 2 });
    const lines = chartLines(spec, [run], window, pointsPerChart).filter(({ values }) =>
      Array.from(values).some((value) => value !== null && value !== undefined),
    );
    return lines.length === 0 ? [] : [{ ...spec, scale: fittedScale(spec.scale, lines), lines }];
  });
}
