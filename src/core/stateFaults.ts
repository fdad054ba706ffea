// What a timeline does to state and data: bias pushes, spoilt mini-batches, and the drift of what users send.
import type { ChangeOf } from './change.ts';
import { permuted } from './permutation.ts';
import { streams } from './random.ts';
import { generationEntries, type Intervention } from './timeline.ts';

export interface TimedPush extends ChangeOf<'push-biases'> {
  readonly fromStep: number;
}

/** Bias pushes of one generation. Those of its ancestors are over: a rewind undoes state, and a remedy ends a running state fault. */
export function biasPushes(timeline: readonly Intervention[], generation: number): readonly TimedPush[] {
  return generationEntries(timeline, generation).own.flatMap((entry) =>
    entry.change.kind === 'push-biases' ? [{ ...entry.change, fromStep: entry.rewindTo ?? entry.at }] : [],
  );
}

/** Units that a push hits: the start of a permutation keyed by the seed, so that survivors stand anywhere. */
export function pushedUnits(
  push: Pick<TimedPush, 'units' | 'layer'>,
  width: number,
  seed: number,
): readonly number[] {
  return Array.from({ length: Math.min(push.units, width) }, (_, place) =>
    permuted(place, width, seed, streams.fault, push.layer),
  );
}

/** Mini-batches of consecutive steps that are spoilt alike. */
export interface SpoiltBatches {
  readonly fromStep: number;
  readonly steps: number;
  /** Factor on the inputs. */
  readonly inputs: number;
  /** Whether every example carries the label of the next class. */
  readonly swapped: boolean;
}

function without(span: SpoiltBatches, from: number, end: number): readonly SpoiltBatches[] {
  const spanEnd = span.fromStep + span.steps;
  if (end <= span.fromStep || from >= spanEnd) return [span];
  return [
    { ...span, steps: from - span.fromStep },
    { ...span, fromStep: end, steps: spanEnd - end },
  ].filter(({ steps }) => steps > 0);
}

/** The mini-batches that are spoilt in this generation: bound to their steps, whoever's run they came into, and less those skipped. */
export function spoiltBatches(
  timeline: readonly Intervention[],
  generation: number,
): readonly SpoiltBatches[] {
  const { inherited, own } = generationEntries(timeline, generation);
  const entries = [...inherited, ...own];
  const spoilt = entries.flatMap(({ at, change }): SpoiltBatches[] =>
    change.kind === 'corrupt-batch'
      ? [{ fromStep: at, steps: change.steps, inputs: change.inputs, swapped: change.swapped }]
      : [],
  );
  return entries.reduce<readonly SpoiltBatches[]>(
    (left, { change }) =>
      change.kind === 'skip-batches'
        ? left.flatMap((span) => without(span, change.from, change.from + change.steps))
        : left,
    spoilt,
  );
}

/** The spoilt batches that `step` trains on; several faults may meet in one. */
export function spoiltAt(spoilt: readonly SpoiltBatches[], step: number): readonly SpoiltBatches[] {
  return spoilt.filter(({ fromStep, steps }) => step >= fromStep && step < fromStep + steps);
}

/** How what users send differs from the validation set's distribution; units as in the change `drift`. */
export type Production = Omit<ChangeOf<'drift'>, 'kind' | 'steps'>;

export const undrifted: Production = { shift: 0, scale: 1, rotate: 0, noise: 0, prior: 0 };

/** Whether users send anything but what the validation set was drawn from. */
export function isDrifted(production: Production): boolean {
  return JSON.stringify({ ...undrifted, ...production }) !== JSON.stringify(undrifted);
}

function between(from: Production, to: Production, share: number): Production {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    shift: mix(from.shift, to.shift),
    scale: mix(from.scale, to.scale),
    rotate: mix(from.rotate, to.rotate),
    noise: mix(from.noise, to.noise),
    // A share of 0 stands for the data's own, and lies next to nothing.
    prior: share > 0 ? to.prior : from.prior,
  };
}

/** A drift as the world outside counts its steps: whoever rewinds a run does not rewind the world. */
interface Drift {
  readonly begin: number;
  readonly change: ChangeOf<'drift'>;
}

/** Drifts by the world's own steps, and by how many of those it is ahead of the run's. */
function driftsOf(entries: readonly Intervention[]): {
  readonly drifts: readonly Drift[];
  readonly ahead: number;
} {
  const drifts: Drift[] = [];
  let ahead = 0;
  for (const { at, rewindTo = at, change } of entries) {
    if (change.kind === 'drift') drifts.push({ begin: at + ahead, change });
    ahead += at - rewindTo;
  }
  return { drifts, ahead };
}

function productionOf(drifts: readonly Drift[], now: number): Production {
  return drifts.reduce<Production>(
    (production, { begin, change }) =>
      begin > now ? production : between(production, change, Math.min(1, (now - begin + 1) / change.steps)),
    undrifted,
  );
}

/**
 * What users send at a step. The world outside does not rewind: drifts of a run's ancestors have gone as far as they had when the run was
 * opened, and go on from there.
 */
export function productionAt(
  timeline: readonly Intervention[],
  generation: number,
  atStep: number,
): Production {
  const { inherited, own } = generationEntries(timeline, generation);
  const { drifts, ahead } = driftsOf([...inherited, ...own]);
  return productionOf(drifts, atStep + ahead);
}

export interface ProductionPeriod {
  readonly fromStep: number;
  readonly production: Production;
}

/** What users send at steps 0, `every`, 2 · `every` …: the first, and each at which it may differ from the one before. */
export function productionPeriods(
  timeline: readonly Intervention[],
  generation: number,
  every: number,
): readonly ProductionPeriod[] {
  const { inherited, own } = generationEntries(timeline, generation);
  const { drifts, ahead } = driftsOf([...inherited, ...own]);
  const steps = new Set([0]);
  for (const { begin, change } of drifts) {
    const last = begin - ahead + change.steps - 1;
    const first = Math.max(0, Math.ceil((begin - ahead) / every) * every);
    for (let step = first; step < last + every; step += every) steps.add(step);
  }
  const inOrder = [...steps].sort((a, b) => a - b);
  return inOrder.map((fromStep) => ({ fromStep, production: productionOf(drifts, fromStep + ahead) }));
}
