// The charts: which signals they show, on axes that never rescale, and which three are up.
import { decimal, percent } from '../../core/wording.ts';
import type { Recipe } from '../../core/recipe.ts';
import { detectorOf, thresholdsOf } from '../../detectors/index.ts';
import type { ChartLine, ChartScale } from '../charts/chart.ts';
import type { History, Reader } from './history.svelte.ts';

export type ChartId = 'loss' | 'gradient' | 'accuracy' | 'generalization' | 'dead' | 'activation';

interface Threshold {
  readonly value: number;
  readonly label: string;
  readonly tone: 'warning' | 'firing';
}

interface LineSpec {
  readonly id: string;
  readonly label: string;
  /** The line that is also drawn of the runs beside the one looked at. */
  readonly main: boolean;
  read(history: History): Reader;
}

export interface ChartSpec {
  readonly id: ChartId;
  readonly title: string;
  readonly legend: string;
  readonly scale: ChartScale;
  readonly thresholds: readonly Threshold[];
  readonly lines: readonly LineSpec[];
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A run as the charts draw it: the one looked at, the broken one behind it, or the run without the fault. */
export interface DrawnRun {
  readonly name: string;
  readonly part: 'looked' | 'broken' | 'twin';
  readonly history: History;
}

function limit(recipe: Recipe, detector: string, name: string): number {
  return thresholdsOf(detectorOf(detector), recipe.thresholds)[name] ?? NaN;
}

function logScale(low: number, high: number, ticks: readonly number[]): ChartScale {
  return { kind: 'log', low, high, ticks: [...ticks], format: (value) => String(value) };
}

function linearScale(low: number, high: number, ticks: readonly number[], asPercent = true): ChartScale {
  return { kind: 'linear', low, high, ticks: [...ticks], format: asPercent ? percent : String };
}

/** Layer signals get a line per hidden layer. */
function layerLines(recipe: Recipe, signal: string): LineSpec[] {
  return recipe.hidden.map((_, index) => ({
    id: `${signal}.${index + 1}`,
    label: `layer ${index + 1}`,
    main: index === 0,
    read: (history) => history.column(signal, index + 1),
  }));
}

const specs: Readonly<Record<ChartId, (recipe: Recipe) => Omit<ChartSpec, 'id'>>> = {
  loss: () => ({
    title: 'Loss',
    legend: '',
    scale: logScale(0.01, 10, [0.01, 0.1, 1, 10]),
    thresholds: [],
    lines: [
      { id: 'loss', label: 'training', main: true, read: (history) => history.column('loss') },
      {
        id: 'validation_loss',
        label: 'validation',
        main: false,
        read: (history) => history.evaluated('validation_loss'),
      },
    ],
  }),
  gradient: (recipe) => ({
    title: 'gradient_norm ÷ rolling average',
    legend: '',
    scale: logScale(0.1, 100, [0.1, 1, 10, 100]),
    thresholds: (['warning', 'firing'] as const).map((tone) => {
      const value = limit(recipe, 'loss-spike', tone);
      return { value, label: `${decimal(value)}×`.replace('.0', ''), tone };
    }),
    lines: [
      {
        id: 'gradient_share',
        label: 'gradient_norm',
        main: true,
        read: (history) => history.derived('gradient_share'),
      },
    ],
  }),
  accuracy: (recipe) => ({
    title: 'Accuracy',
    legend: '',
    scale: recipe.classes === 2 ? linearScale(0.5, 1, [0.5, 0.75, 1]) : linearScale(0, 1, [0, 0.5, 1]),
    thresholds: [],
    lines: [
      { id: 'accuracy', label: 'training', main: false, read: (history) => history.column('accuracy') },
      {
        id: 'validation_accuracy',
        label: 'validation',
        main: true,
        read: (history) => history.evaluated('validation_accuracy'),
      },
    ],
  }),
  generalization: (recipe) => {
    const value = limit(recipe, 'overfit', 'ratio');
    return {
      title: 'Validation loss ÷ training loss',
      legend: '',
      scale: logScale(0.5, 100, [0.5, 1, 10, 100]),
      thresholds: [{ value, label: String(value), tone: 'firing' }],
      lines: [
        {
          id: 'generalization',
          label: 'ratio',
          main: true,
          read: (history) => history.derived('generalization'),
        },
      ],
    };
  },
  dead: (recipe) => {
    const value = limit(recipe, 'dead-neurons', 'ratio');
    return {
      title: 'dead_neuron_ratio',
      legend: '',
      scale: linearScale(0, 1, [0, 0.5, 1]),
      thresholds: [{ value, label: percent(value), tone: 'firing' }],
      lines: layerLines(recipe, 'dead_neuron_ratio'),
    };
  },
  activation: (recipe) => {
    const low = recipe.activation === 'relu' || recipe.activation === 'sigmoid' ? 0 : -1;
    return {
      title: 'activation_mean',
      legend: '',
      scale: linearScale(low, 1.5, [low, 0.5, 1, 1.5], false),
      thresholds: [],
      lines: layerLines(recipe, 'activation_mean'),
    };
  },
};

export function chartSpec(id: ChartId, recipe: Recipe): ChartSpec {
  return { id, ...specs[id](recipe) };
}

const chosenFor: Readonly<Record<string, readonly [ChartId, ChartId, ChartId]>> = {
  'dead-neurons': ['dead', 'activation', 'accuracy'],
  overfit: ['loss', 'generalization', 'accuracy'],
};
const usual = ['loss', 'gradient', 'accuracy'] as const;

/** The three that tell this story; a pressed lamp's chart takes the middle place. */
export function chosenCharts(detector: string | undefined, pressed: ChartId | undefined): readonly ChartId[] {
  const chosen = chosenFor[detector ?? ''] ?? usual;
  if (pressed === undefined || chosen.includes(pressed)) return chosen;
  return [chosen[0], pressed, chosen[2]];
}

const styles = {
  broken: { tone: 'muted', dashed: false, width: 1 },
  twin: { tone: 'ghost', dashed: true, width: 1.5 },
} as const;

function lookedStyle(index: number) {
  return index === 0
    ? ({ tone: 'ink', dashed: false, width: 2 } as const)
    : ({ tone: 'action', dashed: true, width: 1.5 } as const);
}

/** Beside the run looked at, a run has one line in a chart: its own name is enough. So it is for the run looked at where the chart shows one signal. */
function lineLabel(line: LineSpec, { name, part }: DrawnRun, isNamedByRun: boolean): string {
  if (part === 'looked') return isNamedByRun ? `run ${name}` : line.label;
  return part === 'twin' ? 'no fault' : `run ${name}`;
}

/** Every line of a chart within the window: all of the run looked at, one of each other. */
export function chartLines(
  spec: ChartSpec,
  runs: readonly DrawnRun[],
  { from, to }: Window,
  maxPoints: number,
): ChartLine[] {
  const isNamedByRun = runs.length > 1 && spec.lines.length === 1;
  return runs.flatMap((run) =>
    spec.lines.flatMap((line, index): ChartLine[] => {
      const { name, part, history } = run;
      if (part !== 'looked' && !line.main) return [];
      const { steps, values } = history.series(line.read(history), from, to, maxPoints);
      const style = part === 'looked' ? lookedStyle(index) : styles[part];
      return [
        { id: `${name}.${line.id}`, label: lineLabel(line, run, isNamedByRun), ...style, steps, values },
      ];
    }),
  );
}
