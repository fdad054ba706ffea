// Numbers that lamps, figures and words rest on, read from the rows of a run at one step.
import type { SignalId } from '../../signals/index.ts';
import type { Alert } from './alerts.ts';
import { reachedFaults, settingsNow } from './chapter.ts';
import type { Accuracy, Facts } from './facts.ts';
import type { History, Reader } from './history.svelte.ts';
import type { LampValues } from './lamps.ts';
import { rightWords } from './regression.ts';
import type { Run } from './run.svelte.ts';
import { unemittedOf } from './unemitted.ts';

const noAccuracy: Omit<Accuracy, 'right'> = {
  now: undefined,
  beforeFault: undefined,
  training: undefined,
  isEmitted: true,
};

/** Detectors whose finding is about the value of one signal. */
const followed: Readonly<Record<string, SignalId>> = {
  'dead-neurons': 'dead_neuron_ratio',
  'exploding-gradient': 'gradient_norm',
  'input-shift': 'input_kl_divergence',
  'over-instrumentation': 'telemetry_series',
  saturation: 'saturation_ratio',
  'vanishing-gradient': 'gradient_norm_ratio',
};

/** Steps of an episode that are searched for its peak: it lies near the beginning. */
const longestEpisode = 300;

function worst(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** What the lamps show, but for what detectors say. */
export function lampFigures(run: Run, at: number): Omit<LampValues, 'active' | 'gap'> {
  const { history, recipe, position } = run;
  const read = (pick: (history: History) => number | undefined) => (history ? pick(history) : undefined);
  const column = (signal: string, layer = 0) => read((rows) => rows.latest(rows.column(signal, layer), at));
  const settings = settingsNow({ ...position, step: at });
  return {
    gradientShare: read((rows) => rows.latest(rows.derived('gradient_share'), at)),
    loss: column('loss'),
    generalization: read((rows) => rows.latest(rows.derived('generalization'), at, 4 * recipe.validateEvery)),
    deadRatio: worst(recipe.hidden.map((_, index) => column('dead_neuron_ratio', index + 1))),
    nonfinite: worst(
      ['nonfinite_loss', 'nonfinite_gradient', 'nonfinite_weight'].map((signal) => column(signal)),
    ),
    divergence: column('input_kl_divergence'),
    settings: recipe.hidden.length === 0 ? { ...settings, activation: 'linear' } : settings,
    evaluationAge: at - (column('evaluated_at') ?? at),
    series: column('telemetry_series'),
    cost: at === run.lastStep ? run.costs.now : undefined,
    unemitted: unemittedOf(position)(at),
  };
}

export function accuracyAt({ history, position }: Run, step: number): Accuracy {
  const right = rightWords(position.recipe);
  if (!history || step < 0) return { right, ...noAccuracy };
  const validation = history.column('validation_accuracy');
  const [fault] = reachedFaults(position);
  const hidden = unemittedOf(position)(step);
  const isEmitted = !hidden.includes('validation_accuracy');
  return {
    right,
    now: isEmitted ? history.latest(validation, step) : undefined,
    beforeFault: fault && isEmitted ? history.latest(validation, fault.at - 1) : undefined,
    training: hidden.includes('accuracy') ? undefined : history.mean(history.column('accuracy'), step),
    isEmitted,
  };
}

/** The number that an alert is about, as it is now. */
export function alertValue({ history, lastStep }: Run, { finding }: Alert): number | undefined {
  if (!history) return undefined;
  const signal = followed[finding.detector];
  if (signal) return history.latest(history.column(signal, finding.layer), lastStep);
  if (finding.detector === 'overfit') return history.latest(history.derived('generalization'), lastStep);
  return undefined;
}

export function peakOf({ history, lastStep }: Run, { finding, raisedAt, resolvedAt }: Alert): Facts['peak'] {
  if (!history || finding.detector !== 'loss-spike') return undefined;
  const to = resolvedAt ?? Math.min(lastStep, raisedAt + longestEpisode);
  const share = (reader: Reader, baseline = 1) => (history.highest(reader, raisedAt, to) ?? NaN) / baseline;
  return {
    gradient: share(history.derived('gradient_share')),
    loss: share(history.column('loss'), finding.evidence[1]?.baseline),
  };
}
