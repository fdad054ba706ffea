// The table of settings: every replica's seed, data, timeline and schedules, as words that kernels select from by step.
import { rateFactors } from '../../../core/schedule.ts';
import type { Settings } from '../../../core/settings.ts';
import { biasPushes, productionPeriods, spoiltBatches } from '../../../core/stateFaults.ts';
import { settingsPeriods } from '../../../core/timeline.ts';
import { batchPlan } from '../../../data/batches.ts';
import { driftingOf } from '../../../data/production.ts';
import type { CompileRequest } from '../../engine.ts';
import { adamBeta2 } from '../passes/optimizer.ts';

/**
 * seed, periods: count, offset; pushes: count, offset; inputs and labels of train and validation: offsets; counts of both; spoilt batches: count,
 * offset; production inputs, what they are compared with, and what users send: offsets.
 */
export const headerWords = 16;
/**
 * first step, learning rate, momentum, L2, clip norm, ln β₁, dropout: threshold, scale; pool, batches per epoch,
 * schedule: offset, length; kept (0 or 1), mislabelled.
 */
export const periodWords = 16;
/** first step, steps, layer, units, push per step. */
export const pushWords = 8;

/** first step, steps, factor on the inputs, classes that the labels are off by. */
export const spoiltWords = 4;

/**
 * Production from a step on, after the number of such rows and the steps between evaluations: first step, cosine, sine, scale, shift, draws below
 * which an example is of class 0; offsets of noise (one strength per feature, or one for images) and of recorded grey levels (bytes); 0 = none.
 */
export const productionWords = 8;

/** Where a replica's examples lie in the data buffer: inputs in elements, labels in bytes. */
export interface DataPlace {
  readonly trainInputs: number;
  readonly trainLabels: number;
  readonly validationInputs: number;
  readonly validationLabels: number;
  readonly productionInputs: number;
  /** In words: see comparison.ts. */
  readonly comparison: number;
}

export interface Timed {
  readonly request: CompileRequest;
  readonly place: DataPlace;
}

/** ln 0 as a number whose exponential is 0, and that no arithmetic turns into NaN. */
const logOfZero = -1e30;

export const logBeta2 = Math.log(adamBeta2);

class Words {
  readonly #words: number[] = [];
  readonly #view = new DataView(new ArrayBuffer(4));

  get length(): number {
    return this.#words.length;
  }

  real(value: number): number {
    this.#view.setFloat32(0, value);
    return this.#view.getUint32(0);
  }

  /** Appends words, filled up with zeros to `length`; returns where they begin. */
  append(words: readonly number[], length: number): number {
    const at = this.#words.length;
    for (let k = 0; k < length; k++) this.#words.push(words[k] ?? 0);
    return at;
  }

  set(at: number, words: readonly number[]): void {
    words.forEach((word, k) => (this.#words[at + k] = word));
  }

  take(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#words);
  }
}

/** Offset of what users send, at one evaluation step after another. */
function appendProduction(words: Words, { recipe, generation, dataset }: CompileRequest): number {
  const { timeline, validateEvery } = recipe;
  const periods = productionPeriods(timeline, generation, validateEvery);
  const rows = periods.map(({ fromStep, production }) => {
    const { cosine, sine, scale, shift, noise, recorded } = driftingOf(dataset, production);
    const strengths = noise.map((strength) => words.real(strength));
    const isChanged = noise.length === 0 && recorded.some((level, from) => level !== from);
    const levels = isChanged ? [...new Uint32Array(recorded.buffer)] : [];
    return [
      fromStep,
      ...[cosine, sine, scale, shift].map((value) => words.real(value)),
      Math.ceil(production.prior * 2 ** 24),
      ...[strengths, levels].map((list) => (list.length > 0 ? words.append(list, list.length) : 0)),
    ];
  });
  const at = words.append([rows.length, validateEvery], 2);
  for (const row of rows) words.append(row, productionWords);
  return at;
}

/** Encodes the timelines of all replicas. */
export function encodeTable(replicas: readonly Timed[]): Uint32Array<ArrayBuffer> {
  const words = new Words();
  words.append([], replicas.length * headerWords);
  const schedules = new Map<Float32Array, number>();
  const scheduleAt = (settings: Settings): readonly [number, number] => {
    const factors = rateFactors(settings);
    const known = schedules.get(factors);
    if (known !== undefined) return [known, factors.length];
    const at = words.append(
      [...factors].map((factor) => words.real(factor)),
      factors.length,
    );
    schedules.set(factors, at);
    return [at, factors.length];
  };
  replicas.forEach(({ request, place }, replica) => {
    const { recipe, generation, dataset } = request;
    const periods = settingsPeriods(recipe, generation);
    const rows = periods.map(({ fromStep, settings }) => {
      const { pool, batchesPerEpoch } = batchPlan(recipe, settings, dataset);
      const { momentum, dropout } = settings;
      return [
        fromStep,
        words.real(settings.learningRate),
        words.real(momentum),
        words.real(settings.l2),
        words.real(settings.clipNorm),
        words.real(momentum > 0 ? Math.log(momentum) : logOfZero),
        Math.ceil(dropout * 2 ** 24),
        words.real(1 / (1 - dropout)),
        pool,
        batchesPerEpoch,
        ...scheduleAt(settings),
        settings.keep > 0 ? 1 : 0,
        settings.mislabelled,
      ];
    });
    const pushes = biasPushes(recipe.timeline, generation);
    const pushRows = pushes.map((push) => [
      push.fromStep,
      push.steps,
      push.layer,
      push.units,
      words.real(push.perStep),
    ]);
    const periodsAt = words.length;
    for (const row of rows) words.append(row, periodWords);
    const pushesAt = words.length;
    for (const row of pushRows) words.append(row, pushWords);
    const spoilt = spoiltBatches(recipe.timeline, generation);
    const spoiltFrom = words.length;
    for (const { fromStep, steps, inputs, swapped } of spoilt) {
      words.append([fromStep, steps, words.real(inputs), swapped ? 1 : 0], spoiltWords);
    }
    words.set(replica * headerWords, [
      recipe.seed,
      rows.length,
      periodsAt,
      pushRows.length,
      pushesAt,
      place.trainInputs,
      place.trainLabels,
      place.validationInputs,
      place.validationLabels,
      dataset.train.count,
      dataset.validation.count,
      spoilt.length,
      spoiltFrom,
      place.productionInputs,
      place.comparison,
      appendProduction(words, request),
    ]);
  });
  return words.take();
}
