// What came of a remedy, by one figure of the broken run and of the repaired one: which figure that is, its detector decides.
import { decimal, percent, whole } from '../../core/wording.ts';
import type { DetectorId } from '../../detectors/index.ts';
import type { SignalId } from '../../signals/index.ts';
import type { RunFacts } from '../lesson.ts';

/** The steps of a run that count: the last one is in. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Measure {
  /** Names the figure where both runs are told: “The highest loss since: 0.4, and 7.1 in the broken run.” */
  readonly words: string;
  readonly read: (run: RunFacts, span: Span) => number;
  readonly write: (value: number) => string;
  readonly isBetter: (now: number, before: number) => boolean;
  /** The remedy makes what is said of validation true: that is told too. */
  readonly corrects?: true;
}

/** NaN is no smaller than anything. */
const isLower = (now: number, before: number): boolean =>
  now < before || (now === now && Number.isNaN(before));

function last(signal: SignalId): Measure['read'] {
  return (run, { to }) => run.value(signal, to) ?? NaN;
}

/** Of all hidden layers the worst. */
function worstLayer(signal: SignalId): Measure['read'] {
  return (run, { to }) => {
    const layers = Array.from({ length: run.layers }, (_, index) => run.value(signal, to, index + 1) ?? NaN);
    return Math.max(...layers);
  };
}

/** NaN as soon as one of them is. */
function highest(signal: SignalId): Measure['read'] {
  return (run, { from, to }) => {
    let most = -Infinity;
    for (let step = from; step <= to; step++) most = Math.max(most, run.value(signal, step) ?? -Infinity);
    return most;
  };
}

const worstLoss: Measure = {
  words: 'The highest training loss since',
  read: highest('loss'),
  write: decimal,
  isBetter: (now, before) => isLower(now, before / 1.5),
};

const lossNow: Measure = {
  words: 'Training loss',
  read: last('loss'),
  write: decimal,
  isBetter: (now, before) => isLower(now, before / 1.2),
};

const measures: Readonly<Record<DetectorId, Measure>> = {
  'dead-neurons': {
    words: 'Dead neurons in the worst layer',
    read: worstLayer('dead_neuron_ratio'),
    write: percent,
    isBetter: (now, before) => isLower(now, before - 0.15),
  },
  'exploding-gradient': {
    words: 'The highest gradient_norm',
    read: highest('gradient_norm'),
    write: decimal,
    isBetter: (now, before) => isLower(now, before / 5),
  },
  'input-shift': {
    words: 'KL(production ‖ validation)',
    read: last('input_kl_divergence'),
    write: decimal,
    isBetter: (now, before) => isLower(now, before / 3),
    corrects: true,
  },
  'loss-spike': worstLoss,
  nonfinite: lossNow,
  'observability-gap': {
    words: 'Signals that are not emitted',
    read: (run, { to }) => run.unemitted(to).length,
    write: whole,
    isBetter: isLower,
  },
  overfit: {
    words: 'Validation loss',
    read: last('validation_loss'),
    write: decimal,
    isBetter: (now, before) => isLower(now, before / 1.2),
  },
  'over-instrumentation': {
    words: 'Series emitted',
    read: last('telemetry_series'),
    write: whole,
    isBetter: (now, before) => isLower(now, before / 5),
  },
  saturation: {
    words: 'Saturated outputs in the worst layer',
    read: worstLayer('saturation_ratio'),
    write: percent,
    isBetter: (now, before) => isLower(now, before - 0.15),
  },
  stalled: lossNow,
  'vanishing-gradient': lossNow,
};

const rightOnValidation = last('validation_accuracy');

/** Where no signal can tell, a remedy makes the figures true: worse than they looked, and right. */
const truth: Measure = {
  words: 'Right on validation',
  read: rightOnValidation,
  write: percent,
  isBetter: (now, before) => isLower(now, before - 0.1),
};

/** @param detector undefined = none can fire */
export function measureOf(detector: DetectorId | undefined): Measure {
  return detector === undefined ? truth : measures[detector];
}

export interface Outcome {
  /** “The highest training loss since: 0.36. Before: 6.1.” */
  readonly happened: string;
  readonly isBetter: boolean;
}

const compared = (words: string, now: string, before: string): string =>
  `${words}: ${now}. Before: ${before}.`;

/**
 * @param broken from the fault to where the remedy was pressed
 * @param repaired its own steps so far
 */
export function outcomeOf(
  { words, read, write, isBetter, corrects }: Measure,
  broken: readonly [run: RunFacts, span: Span],
  repaired: readonly [run: RunFacts, span: Span],
): Outcome {
  const [before, now] = [read(...broken), read(...repaired)];
  const [wasRight, isRight] = [rightOnValidation(...broken), rightOnValidation(...repaired)];
  return {
    happened: [
      compared(words, write(now), write(before)),
      ...(corrects ? [compared('Right on validation', percent(isRight), percent(wasRight))] : []),
    ].join(' '),
    isBetter: isBetter(now, before),
  };
}
