// The signal lamps: state, name and value of each, and the chart that a press puts in.
import { decimal, percent } from '../../core/wording.ts';
import type { Activation } from '../../core/settings.ts';
import type { Alert } from './alerts.ts';
import type { LampState } from '../drawing/lampLights.ts';
import type { ChartId } from './charts.ts';

export interface LampView {
  readonly id: string;
  readonly name: string;
  /** Where there is one row of lamps. */
  readonly short: string;
  readonly state: LampState;
  readonly value: string;
  readonly chart: ChartId;
  /** What the signal is, and when its lamp lights. */
  readonly about: string;
}

/** The values at the step looked at; undefined = not emitted yet, or not applicable. */
export interface LampValues {
  readonly gradientShare: number | undefined;
  readonly loss: number | undefined;
  readonly generalization: number | undefined;
  /** Of the worst layer. */
  readonly deadRatio: number | undefined;
  readonly nonfinite: number | undefined;
  readonly activation: Activation;
  /** Alerts in force at that step. */
  readonly active: readonly Alert[];
}

function severity(active: readonly Alert[], detector: string): LampState {
  const states = active.filter(({ finding }) => finding.detector === detector);
  if (states.some(({ finding }) => finding.severity === 'firing')) return 'firing';
  return states.length > 0 ? 'warning' : 'clear';
}

function times(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isFinite(value) ? `${decimal(value)}×` : decimal(value);
}

/** The loss has no detector of its own; in a spike it lights by how far it left its average from before. */
function lossState({ loss, active }: LampValues): LampState {
  if (severity(active, 'nonfinite') === 'firing') return 'firing';
  const before = active.find(({ finding }) => finding.detector === 'loss-spike')?.finding.evidence[1]
    ?.baseline;
  const share = before === undefined || loss === undefined ? 1 : loss / before;
  if (!(share < 5)) return 'firing';
  return share >= 1.5 ? 'warning' : 'clear';
}

export function lampViews(values: LampValues): readonly LampView[] {
  const { active, loss, generalization, deadRatio, nonfinite, activation, gradientShare } = values;
  const isRelu = activation === 'relu';
  return [
    {
      id: 'gradient_norm',
      name: 'gradient_norm',
      short: 'gradient',
      state: severity(active, 'loss-spike'),
      value: times(gradientShare),
      chart: 'gradient',
      about:
        'Length of the whole gradient ÷ its average over the 50 steps before: how unlike the last steps this one is.',
    },
    {
      id: 'loss',
      name: 'training loss',
      short: 'loss',
      state: lossState(values),
      value: loss === undefined ? '–' : decimal(loss),
      chart: 'loss',
      about: 'Mean loss of the mini-batch: how wrong the network is on what it trains on.',
    },
    {
      id: 'generalization',
      name: 'validation ÷ training',
      short: 'val ÷ train',
      state: severity(active, 'overfit'),
      value: generalization === undefined ? '–' : decimal(generalization),
      chart: 'generalization',
      about: 'Loss on examples it never trained on ÷ loss on those it did. Far above 1 it learns by heart.',
    },
    {
      id: 'dead_neuron_ratio',
      name: 'dead_neuron_ratio',
      short: 'dead',
      state: isRelu ? severity(active, 'dead-neurons') : 'none',
      value: !isRelu ? 'not applicable' : deadRatio === undefined ? '–' : percent(deadRatio),
      chart: 'dead',
      about: isRelu
        ? 'Share of the worst layer’s units that no example has activated for a whole epoch.'
        : `No zero-gradient region: ${activation} has a gradient below zero too.`,
    },
    {
      id: 'nonfinite',
      name: 'NaN or infinite',
      short: 'NaN',
      state: severity(active, 'nonfinite'),
      value: nonfinite === undefined ? '–' : String(nonfinite),
      chart: 'loss',
      about: 'How many losses, gradients and weights are not numbers any more.',
    },
  ];
}

/** The worst of all lamps, for the one beside the name. */
export function overallState(lamps: readonly LampView[]): 'clear' | 'warning' | 'firing' {
  const states = lamps.map(({ state }) => state);
  return states.includes('firing') ? 'firing' : states.includes('warning') ? 'warning' : 'clear';
}
