// The signal lamps: state, name and value of each, and the chart that a press puts in.
import { counted, decimal, percent, whole } from '../../core/wording.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding } from '../../detectors/detector.ts';
import { blindWithout, detectorOf } from '../../detectors/index.ts';
import type { Alert } from './alerts.ts';
import type { LampState } from '../drawing/lampLights.ts';
import type { SignalId } from '../../signals/index.ts';
import type { TelemetryCost } from '../../worker/protocol.ts';
import type { ChartId } from './charts.ts';
import { chipText } from './costWords.ts';

export interface LampView {
  readonly id: string;
  readonly name: string;
  /** Where there is one row of lamps. */
  readonly short: string;
  readonly state: LampState;
  readonly value: string;
  /** Undefined: the telemetry budget opens instead. */
  readonly chart: ChartId | undefined;
  /** What the signal is, and when its lamp lights. */
  readonly about: string;
  /** Of what it is made of, the signals that are not emitted. */
  readonly hidden: readonly string[];
}

/** The values at the step looked at; undefined = not emitted yet, or not applicable. */
export interface LampValues {
  readonly gradientShare: number | undefined;
  readonly loss: number | undefined;
  readonly generalization: number | undefined;
  /** Of the worst layer. */
  readonly deadRatio: number | undefined;
  readonly nonfinite: number | undefined;
  readonly divergence: number | undefined;
  /** In force at that step. */
  readonly settings: Settings;
  /** Steps since the last evaluation. */
  readonly evaluationAge: number;
  /** How many time series there are. */
  readonly series: number | undefined;
  /** Of the newest step; undefined where another one is looked at. */
  readonly cost: TelemetryCost | undefined;
  /** Signals that are not emitted at that step. */
  readonly unemitted: readonly string[];
  /** Alerts in force at that step. */
  readonly active: readonly Alert[];
  /** What is known of the signals that are not there. */
  readonly gap: Finding | undefined;
}

/** The worst that any of some detectors says. */
function severity(active: readonly Alert[], ...detectors: readonly string[]): LampState {
  const states = active.filter(({ finding }) => detectors.includes(finding.detector));
  if (states.some(({ finding }) => finding.severity === 'firing')) return 'firing';
  return states.length > 0 ? 'warning' : 'clear';
}

function times(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isFinite(value) ? `${decimal(value)}×` : decimal(value);
}

/** In a spike the loss lights by how far it left its average from before. */
function lossState({ loss, active }: LampValues): LampState {
  if (severity(active, 'nonfinite', 'stalled') === 'firing') return 'firing';
  const before = active.find(({ finding }) => finding.detector === 'loss-spike')?.finding.evidence[1]
    ?.baseline;
  const share = before === undefined || loss === undefined ? 1 : loss / before;
  if (!(share < 5)) return 'firing';
  return share >= 1.5 ? 'warning' : 'clear';
}

interface Lamp extends Omit<LampView, 'hidden'> {
  /** What it is made of: where one of these is not emitted, it is dark. */
  readonly signals: readonly SignalId[];
}

function deadLamp({ settings: { activation }, active, deadRatio }: LampValues): Lamp {
  const isRelu = activation === 'relu';
  return {
    id: 'dead_neuron_ratio',
    signals: ['dead_neuron_ratio'],
    name: 'dead_neuron_ratio',
    short: 'dead',
    state: isRelu ? severity(active, 'dead-neurons') : 'none',
    value: !isRelu ? 'not applicable' : deadRatio === undefined ? '–' : percent(deadRatio),
    chart: 'dead',
    about: isRelu
      ? 'Share of the worst layer’s units that no example has activated for a whole epoch.'
      : `No zero-gradient region: ${activation} has a gradient below zero too.`,
  };
}

function lamps(values: LampValues): readonly Lamp[] {
  const { active, loss, generalization, nonfinite, gradientShare, divergence, series, cost } = values;
  return [
    {
      id: 'gradient_norm',
      signals: ['gradient_norm'],
      name: 'gradient_norm',
      short: 'gradient',
      state: severity(active, 'loss-spike', 'exploding-gradient'),
      value: times(gradientShare),
      chart: active.some(({ finding }) => finding.detector === 'exploding-gradient') ? 'norm' : 'gradient',
      about:
        'Length of the whole gradient ÷ its average over the 50 steps before: how unlike the last steps this one is.',
    },
    {
      id: 'loss',
      signals: ['loss'],
      name: 'training loss',
      short: 'loss',
      state: lossState(values),
      value: loss === undefined ? '–' : decimal(loss),
      chart: 'loss',
      about: 'Mean loss of the mini-batch: how wrong the network is on what it trains on.',
    },
    {
      id: 'generalization',
      signals: ['validation_loss', 'loss'],
      name: 'validation ÷ training',
      short: 'val ÷ tr.',
      state: severity(active, 'overfit'),
      value: generalization === undefined ? '–' : decimal(generalization),
      chart: 'generalization',
      about: 'Loss on examples it never trained on ÷ loss on those it did. Far above 1 it learns by heart.',
    },
    deadLamp(values),
    {
      id: 'nonfinite',
      signals: ['nonfinite_loss', 'nonfinite_gradient', 'nonfinite_weight'],
      name: 'NaN or infinite',
      short: 'NaN',
      state: severity(active, 'nonfinite'),
      value: nonfinite === undefined ? '–' : String(nonfinite),
      chart: 'loss',
      about: 'How many losses, gradients and weights are not numbers any more.',
    },
    {
      id: 'input_kl_divergence',
      signals: ['input_kl_divergence'],
      name: 'input KL divergence',
      short: 'input KL',
      state: severity(active, 'input-shift'),
      value: divergence === undefined ? '–' : decimal(divergence),
      chart: 'kl',
      about:
        'How far what users send lies from the validation set: KL(production ‖ validation) over 512 inputs, the worst feature’s.',
    },
    {
      id: 'telemetry_series',
      signals: ['telemetry_series'],
      name: 'telemetry',
      short: 'telemetry',
      state: severity(active, 'over-instrumentation'),
      value: chipText(series, cost),
      chart: undefined,
      about:
        'What telemetry costs: time series, and the size and the time of one export. Press for the budget.',
    },
  ];
}

/** Who sees nothing, or less, without these signals: “Blind without it: Overfitting. Sees less: Stalled.” */
function blindText(absent: readonly string[], settings: Settings): string {
  const { blind, less } = blindWithout(absent, settings);
  const named = (words: string, readers: readonly { readonly title: string }[]) =>
    readers.length === 0 ? [] : [`${words}: ${readers.map(({ title }) => title).join(', ')}.`];
  const parts = [
    ...named(absent.length > 1 ? 'Blind without them' : 'Blind without it', blind),
    ...named('Sees less', less),
  ];
  return parts.length === 0 ? 'No detector needs it.' : parts.join(' ');
}

/** What is computed with every evaluation, and with nothing else. */
const ofEvaluations: readonly string[] = ['validation_loss', 'validation_accuracy', 'input_kl_divergence'];

/** A lamp whose signal is not emitted is dark, whatever the signal would say; so is a calm one whose signal comes too rarely. */
function view({ signals, ...lamp }: Lamp, values: LampValues): LampView {
  const { unemitted, gap, settings, evaluationAge } = values;
  const hidden = signals.filter((signal) => unemitted.includes(signal));
  if (lamp.state === 'none') return { ...lamp, hidden: [] };
  if (hidden.length > 0) {
    const since = gap?.evidence.some(({ signal }) => hidden.some((own) => own === signal))
      ? ` since step ${whole(gap.onset)}`
      : '';
    const about = `Not emitted${since}. ${blindText(hidden, settings)}`;
    return { ...lamp, state: 'dark', value: 'not emitted', about, hidden };
  }
  const isRare = gap?.evidence[0].signal === 'evaluated_at' && lamp.state === 'clear';
  if (!isRare || !signals.some((signal) => ofEvaluations.includes(signal))) return { ...lamp, hidden: [] };
  const detector = detectorOf(gap.detector);
  const value = `${counted(evaluationAge, 'step')} old`;
  return {
    ...lamp,
    state: 'dark',
    value,
    about: `${detector.observation(gap)} ${detector.cause(gap)}`,
    hidden: [],
  };
}

export function lampViews(values: LampValues): readonly LampView[] {
  return lamps(values).map((lamp) => view(lamp, values));
}

/** The worst of all lamps and of the alerts that have no lamp, for the one beside the name. */
export function overallState(
  lamps: readonly LampView[],
  active: readonly Alert[],
): 'clear' | 'warning' | 'firing' {
  const states = [
    ...lamps.map(({ state }) => state),
    ...active.map(({ finding }): LampState => finding.severity),
  ];
  return states.includes('firing') ? 'firing' : states.includes('warning') ? 'warning' : 'clear';
}
