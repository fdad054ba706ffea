// Every chart: which signals it shows, on axes that never rescale, against which thresholds.
import { decimal, percent, shortCount } from '../../core/wording.ts';
import type { Recipe } from '../../core/recipe.ts';
import { learnsNumbers } from '../../data/csv/regression.ts';
import { calibratedLimit, shiftWindow } from '../../data/inputShift.ts';
import { detectorOf, thresholdsOf } from '../../detectors/index.ts';
import type { SignalId } from '../../signals/index.ts';
import type { ChartScale } from '../charts/chart.ts';
import type { History, Reader } from './history.svelte.ts';

interface Threshold {
  /** As a recipe names it: `detector.threshold`. */
  readonly name: string;
  readonly value: number;
  readonly label: string;
  readonly tone: 'warning' | 'firing';
}

export interface LineSpec {
  readonly id: string;
  readonly label: string;
  /** The line that is also drawn of the runs beside the one looked at. */
  readonly main: boolean;
  /** Drawn of the run without the fault as well, where no third run is. */
  readonly ofTwin?: true;
  /** What it is made of: where one of these is not emitted, nobody sees it. */
  readonly signals: readonly SignalId[];
  read(history: History): Reader;
}

export interface ChartSpec {
  readonly title: string;
  readonly scale: ChartScale;
  readonly thresholds: readonly Threshold[];
  readonly lines: readonly LineSpec[];
}

/** What a chart depends on. */
export interface ChartContext {
  readonly recipe: Recipe;
  /** Inputs that a divergence is taken over. */
  readonly inputs: number;
}

function logScale(low: number, high: number, ticks: readonly number[]): ChartScale {
  return { kind: 'log', low, high, ticks: [...ticks], format: (value) => String(value) };
}

function linearScale(low: number, high: number, ticks: readonly number[], asPercent = true): ChartScale {
  return { kind: 'linear', low, high, ticks: [...ticks], format: asPercent ? percent : String };
}

function threshold(
  recipe: Recipe,
  name: string,
  tone: 'warning' | 'firing',
  write: (value: number) => string = decimal,
): Threshold {
  const [detector = '', part = ''] = name.split('.');
  const value = thresholdsOf(detectorOf(detector), recipe.thresholds)[part] ?? NaN;
  return { name, value, label: write(value).replace(/\.0(?=\D|$)/, ''), tone };
}

/** Of 0, the limit that chance almost never exceeds. */
function klThreshold({ recipe, inputs }: ChartContext): Threshold {
  const asked = threshold(recipe, 'input-shift.kl', 'firing');
  if (asked.value > 0) return asked;
  const value = calibratedLimit(inputs, shiftWindow, recipe.validation);
  return { ...asked, value, label: decimal(value) };
}

/** A column as it stands. */
function column(signal: SignalId, label: string, main = true): LineSpec {
  return { id: signal, label, main, signals: [signal], read: (history) => history.column(signal) };
}

/** A signal that is computed with every evaluation, at those steps. */
function evaluated(signal: SignalId, label: string, main: boolean): LineSpec {
  return { ...column(signal, label, main), read: (history) => history.evaluated(signal) };
}

/** Layer signals get a line per hidden layer. */
function layerLines(recipe: Recipe, signal: SignalId): LineSpec[] {
  return recipe.hidden.map((_, index) => ({
    ...column(signal, `layer ${index + 1}`, index === 0),
    id: `${signal}.${index + 1}`,
    read: (history) => history.column(signal, index + 1),
  }));
}

export const chartSpecs = {
  loss: () => ({
    title: 'Loss',
    scale: logScale(0.01, 10, [0.01, 0.1, 1, 10]),
    thresholds: [],
    lines: [
      column('loss', 'training'),
      { ...evaluated('validation_loss', 'validation', false), ofTwin: true },
    ],
  }),
  gradient: ({ recipe }) => ({
    title: 'gradient_norm ÷ rolling average',
    scale: logScale(0.1, 100, [0.1, 1, 10, 100]),
    thresholds: [threshold(recipe, 'loss-spike.warning', 'warning', (value) => `${decimal(value)}×`)],
    lines: [
      {
        ...column('gradient_norm', 'gradient_norm'),
        id: 'gradient_share',
        read: (history) => history.derived('gradient_share'),
      },
    ],
  }),
  accuracy: ({ recipe }) => ({
    title: learnsNumbers(recipe) ? 'Accuracy: within a tenth of the range' : 'Accuracy',
    scale:
      recipe.classes === 2 && !learnsNumbers(recipe)
        ? linearScale(0.5, 1, [0.5, 0.75, 1])
        : linearScale(0, 1, [0, 0.5, 1]),
    thresholds: [],
    lines: [column('accuracy', 'training', false), evaluated('validation_accuracy', 'validation', true)],
  }),
  generalization: ({ recipe }) => ({
    title: 'Validation loss ÷ training loss',
    scale: logScale(0.5, 100, [0.5, 1, 10, 100]),
    thresholds: [threshold(recipe, 'overfit.ratio', 'firing')],
    lines: [
      {
        ...column('validation_loss', 'ratio'),
        id: 'generalization',
        signals: ['validation_loss', 'loss'],
        read: (history) => history.derived('generalization'),
      },
    ],
  }),
  dead: ({ recipe }) => ({
    title: 'dead_neuron_ratio',
    scale: linearScale(0, 1, [0, 0.5, 1]),
    thresholds: [threshold(recipe, 'dead-neurons.ratio', 'firing', percent)],
    lines: layerLines(recipe, 'dead_neuron_ratio'),
  }),
  activation: ({ recipe }) => {
    const low = recipe.activation === 'relu' || recipe.activation === 'sigmoid' ? 0 : -1;
    return {
      title: 'activation_mean',
      scale: linearScale(low, 1.5, [low, 0.5, 1, 1.5], false),
      thresholds: [],
      lines: layerLines(recipe, 'activation_mean'),
    };
  },
  kl: (context) => ({
    title: 'KL(production ‖ validation)',
    scale: logScale(0.001, 10, [0.001, 0.01, 0.1, 1, 10]),
    thresholds: [klThreshold(context)],
    lines: [evaluated('input_kl_divergence', 'window of 512', true)],
  }),
  norm: ({ recipe }) => ({
    title: 'gradient_norm',
    scale: logScale(0.001, 1000, [0.001, 0.1, 10, 1000]),
    thresholds: [threshold(recipe, 'exploding-gradient.norm', 'firing')],
    lines: [column('gradient_norm', 'gradient_norm')],
  }),
  vanishing: ({ recipe }) => ({
    title: 'gradient_norm, first layer ÷ last',
    scale: logScale(0.0001, 100, [0.0001, 0.01, 1, 100]),
    thresholds: [threshold(recipe, 'vanishing-gradient.ratio', 'firing')],
    lines: [column('gradient_norm_ratio', 'ratio')],
  }),
  saturation: ({ recipe }) => ({
    title: 'saturation_ratio',
    scale: linearScale(0, 1, [0, 0.5, 1]),
    thresholds: [threshold(recipe, 'saturation.ratio', 'firing', percent)],
    lines: layerLines(recipe, 'saturation_ratio'),
  }),
  series: ({ recipe }) => ({
    title: 'telemetry_series',
    scale: { ...logScale(10, 1_000_000, [10, 1000, 100_000]), format: shortCount },
    thresholds: [threshold(recipe, 'over-instrumentation.series', 'firing')],
    lines: [column('telemetry_series', 'series')],
  }),
} as const satisfies Readonly<Record<string, (context: ChartContext) => ChartSpec>>;

export type ChartId = keyof typeof chartSpecs;
