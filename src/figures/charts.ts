// The charts of a figure: which signals they show, between which limits, and which of them tell the story of a detector.
import type { Recipe } from '../core/recipe.ts';
import { decimal, percent } from '../core/wording.ts';
import { calibratedLimit, shiftWindow } from '../data/inputShift.ts';
import { detectorOf, thresholdsOf, type DetectorId } from '../detectors/index.ts';
import type { SignalId } from '../signals/index.ts';
import { linearAxis, logAxis, shareAxis, type Axis } from './axis.ts';
import { layerStroke, strokes, type Stroke } from './frame.ts';
import { generalization, gradientShare } from './derivedSeries.ts';
import { evaluated, everyStep, type Series } from './series.ts';
import type { RecordedRun } from './recordedRun.ts';

export interface ChartLine {
  readonly label: string;
  /** Signals that it is drawn from: where one of them is not emitted, neither is it. */
  readonly signals: readonly SignalId[];
  /** Hidden layer (1 = first), or 0. */
  readonly layer: number;
  readonly stroke: Stroke;
  /** Other runs that it is drawn of too: those that were left alone, and the twin where it is calm enough to be read beside. */
  readonly also: readonly ('broken' | 'twin')[];
  read(run: RecordedRun): Series;
}

export interface Limit {
  readonly value: number;
  readonly label: string;
  readonly tone: 'warning' | 'firing';
}

export interface Chart {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly limits: readonly Limit[];
  axis(values: readonly number[]): Axis;
}

/** What charts may know beside the recipe. */
export interface ChartContext {
  readonly recipe: Recipe;
  /** Inputs that a divergence is taken over. */
  readonly inputs: number;
}

type LineOf = Omit<ChartLine, 'layer' | 'stroke' | 'also'> & Partial<ChartLine>;

/** What a single batch says, at every step. */
function batchLine(line: LineOf): ChartLine {
  return { layer: 0, stroke: strokes.batch, also: ['broken'], ...line };
}

/** What a whole set says, at the evaluations. */
function measuredLine(line: LineOf): ChartLine {
  return { layer: 0, stroke: strokes.measured, also: ['twin'], ...line };
}

function atEveryStep(label: string, signal: SignalId): ChartLine {
  return batchLine({ label, signals: [signal], read: ({ allRows }) => everyStep(allRows, signal) });
}

function atEvaluations(label: string, signal: SignalId): ChartLine {
  return measuredLine({ label, signals: [signal], read: ({ allRows }) => evaluated(allRows, signal) });
}

/** The only line of a chart. */
function alone(line: ChartLine): readonly ChartLine[] {
  return [{ ...line, stroke: layerStroke(1), also: ['broken'] }];
}

function layerLines({ recipe }: ChartContext, signal: SignalId): ChartLine[] {
  return recipe.hidden.map((_, index) =>
    batchLine({
      label: `layer ${index + 1}`,
      signals: [signal],
      layer: index + 1,
      stroke: layerStroke(index + 1),
      read: ({ allRows }) => everyStep(allRows, signal, index + 1),
    }),
  );
}

/** The truth that no signal tells. */
const sealed: ChartLine = batchLine({
  label: 'production, sealed',
  signals: [],
  stroke: strokes.sealed,
  read: ({ production }) => production,
});

function limitsOf(
  { recipe }: ChartContext,
  detector: DetectorId,
  limits: readonly (readonly [name: string, tone: Limit['tone'], text: (value: number) => string])[],
): readonly Limit[] {
  const thresholds = thresholdsOf(detectorOf(detector), recipe.thresholds);
  return limits.flatMap(([name, tone, text]) => {
    const value = thresholds[name];
    return value === undefined ? [] : [{ value, label: text(value), tone }];
  });
}

const times = (value: number): string => `${Number(value.toPrecision(3))}×`;
const plain = (value: number): string => String(Number(value.toPrecision(3)));

const charts = {
  loss: () => ({
    title: 'Loss',
    lines: [atEveryStep('training, by batch', 'loss'), atEvaluations('validation', 'validation_loss')],
    limits: [],
    axis: logAxis,
  }),
  gradient: (context) => ({
    title: 'gradient_norm ÷ its rolling average',
    lines: alone(batchLine({ label: 'by batch', signals: ['gradient_norm'], read: gradientShare })),
    limits: limitsOf(context, 'loss-spike', [['warning', 'warning', times]]),
    axis: logAxis,
  }),
  norm: (context) => ({
    title: 'gradient_norm',
    lines: alone(atEveryStep('by batch', 'gradient_norm')),
    limits: limitsOf(context, 'exploding-gradient', [['norm', 'firing', plain]]),
    axis: logAxis,
  }),
  generalization: (context) => ({
    title: 'Validation loss ÷ training loss',
    lines: [
      measuredLine({
        label: 'ratio',
        signals: ['validation_loss', 'loss'],
        also: ['broken', 'twin'],
        read: generalization,
      }),
    ],
    limits: limitsOf(context, 'overfit', [['ratio', 'firing', times]]),
    axis: logAxis,
  }),
  dead: (context) => ({
    title: 'dead_neuron_ratio',
    lines: layerLines(context, 'dead_neuron_ratio'),
    limits: limitsOf(context, 'dead-neurons', [['ratio', 'firing', percent]]),
    axis: () => shareAxis(),
  }),
  activation: (context) => ({
    title: 'activation_mean',
    lines: layerLines(context, 'activation_mean'),
    limits: [],
    axis: linearAxis,
  }),
  saturation: (context) => ({
    title: 'saturation_ratio',
    lines: layerLines(context, 'saturation_ratio'),
    limits: limitsOf(context, 'saturation', [['ratio', 'firing', percent]]),
    axis: () => shareAxis(),
  }),
  vanishing: (context) => ({
    title: 'gradient_norm_ratio, first layer ÷ last',
    lines: alone(atEveryStep('by batch', 'gradient_norm_ratio')),
    limits: limitsOf(context, 'vanishing-gradient', [['ratio', 'firing', times]]),
    axis: logAxis,
  }),
  divergence: (context) => {
    const asked = thresholdsOf(detectorOf('input-shift'), context.recipe.thresholds)['kl'] ?? NaN;
    const value = asked > 0 ? asked : calibratedLimit(context.inputs, shiftWindow, context.recipe.validation);
    return {
      title: 'KL(production ‖ validation), nat',
      lines: [
        { ...atEvaluations('32 inputs', 'input_kl_batch'), stroke: strokes.batch, also: [] },
        atEvaluations(`${shiftWindow} inputs`, 'input_kl_divergence'),
      ],
      limits: [{ value, label: decimal(value), tone: 'firing' }],
      axis: logAxis,
    };
  },
  series: (context) => ({
    title: 'telemetry_series',
    lines: alone(atEveryStep('series', 'telemetry_series')),
    limits: limitsOf(context, 'over-instrumentation', [['series', 'firing', plain]]),
    axis: logAxis,
  }),
  rate: () => ({
    title: 'learning_rate',
    lines: [
      { ...atEveryStep('in force', 'learning_rate'), stroke: layerStroke(1), also: ['broken', 'twin'] },
    ],
    limits: [],
    axis: logAxis,
  }),
  accuracy: ({ recipe }) => ({
    title: 'Accuracy',
    lines: [
      atEveryStep('training, by batch', 'accuracy'),
      atEvaluations('validation', 'validation_accuracy'),
      sealed,
    ],
    limits: [],
    axis: (values) => shareAxis(recipe.classes === 2 && !values.some((value) => value < 0.4) ? 0.4 : 0),
  }),
} satisfies Readonly<Record<string, (context: ChartContext) => Chart>>;

export type ChartId = keyof typeof charts;

/** What shows a detector's pattern, beside loss and accuracy, which every figure has; what comes first is marked where it speaks. */
const chartsOf: Readonly<Record<DetectorId, readonly ChartId[]>> = {
  'dead-neurons': ['dead', 'activation'],
  'exploding-gradient': ['norm'],
  'input-shift': ['divergence'],
  'loss-spike': ['gradient'],
  nonfinite: ['loss'],
  'observability-gap': [],
  overfit: ['generalization'],
  'over-instrumentation': ['series'],
  saturation: ['saturation', 'vanishing'],
  stalled: ['loss', 'rate'],
  'vanishing-gradient': ['vanishing'],
};

/** Of a healthy run: what is most often asked for. */
const usual: readonly ChartId[] = ['gradient', 'dead'];
/** More is a wall that nobody reads. */
const mostBetween = 4;

/** The charts of a story, the loss first and accuracy last; the first of each detector before any second ones. */
export function chosenCharts(detectors: readonly DetectorId[]): readonly ChartId[] {
  const lists = detectors.map((id) => chartsOf[id]);
  const ranked = [...lists.flatMap((list) => list.slice(0, 1)), ...lists.flatMap((list) => list.slice(1))];
  const chosen = new Set(ranked.filter((id) => id !== 'loss'));
  const between = detectors.length === 0 ? usual : [...chosen].slice(0, mostBetween);
  return ['loss', ...between, 'accuracy'];
}

/** Whether findings on a chart need their detector's name: others may be marked there too. */
export function isShared(id: ChartId): boolean {
  return Object.values(chartsOf).filter(([first]) => first === id).length > 1;
}

/** The chart on which a detector's findings are marked. */
export function markedChart(detector: DetectorId): ChartId | undefined {
  return chartsOf[detector][0];
}

export function chartOf(id: ChartId, context: ChartContext): Chart {
  return charts[id](context);
}
