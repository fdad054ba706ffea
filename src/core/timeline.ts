// The timeline: interventions with their steps, and what is in force at each step of each generation of a run.
import * as v from 'valibot';
import { real, whole } from './ranges.ts';
import type { RecipeProblem } from './recipe.ts';
import { counted } from './wording.ts';
import { pickSettings, settingsChangeSchema, type Settings } from './settings.ts';

const step = v.pipe(
  v.number('must be a step: a whole number, 0 or more'),
  v.integer('must be a step: a whole number, 0 or more'),
  v.minValue(0, 'must be a step: a whole number, 0 or more'),
  v.maxValue(0xfffffff, 'must be a step below 268435456'),
);

const changeSchema = v.variant(
  'kind',
  [
    /** Sets some settings, from then on. */
    v.strictObject({ kind: v.literal('set'), settings: settingsChangeSchema }),
    /** Multiplies the learning rate in force, from then on. */
    v.strictObject({ kind: v.literal('scale-rate'), factor: real(1e-6, 1e6) }),
    /** Adds `perStep` to the biases of `units` units of hidden layer `layer` (1 = first), before each of `steps` steps. */
    v.strictObject({
      kind: v.literal('push-biases'),
      layer: whole(1, 6),
      units: whole(1, 512),
      perStep: real(-1000, 1000),
      steps: whole(1, 100000),
    }),
  ],
  'must be a set, scale-rate or push-biases',
);

export const interventionSchema = v.strictObject({
  /** Step at which it was pressed; takes effect before that step is computed. */
  at: step,
  /** Id of the fault or remedy, or `edit`. */
  by: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'must be a fault, a remedy or edit')),
  /** Present when it opens a new run: the step whose checkpoint it starts from; equal to `at` for *from here*. */
  rewindTo: v.optional(step),
  change: changeSchema,
});

export type Change = v.InferOutput<typeof changeSchema>;
export type Intervention = Readonly<v.InferOutput<typeof interventionSchema>>;
type BiasPush = Extract<Change, { kind: 'push-biases' }>;

/** How many times the timeline opens a new run: the generation of its last run. */
export function lastGeneration(timeline: readonly Intervention[]): number {
  return timeline.filter((entry) => entry.rewindTo !== undefined).length;
}

/** Index of the entry that opened `generation` (≥ 1), or −1. */
function forkIndex(timeline: readonly Intervention[], generation: number): number {
  let seen = 0;
  return timeline.findIndex((entry) => entry.rewindTo !== undefined && ++seen === generation);
}

/** The entries that a generation inherits, its own, and the one that opens the next. */
export function generationEntries(timeline: readonly Intervention[], generation: number) {
  const start = generation === 0 ? 0 : forkIndex(timeline, generation);
  const next = forkIndex(timeline, generation + 1);
  return {
    inherited: timeline.slice(0, start),
    own: timeline.slice(start, next < 0 ? undefined : next),
    next: next < 0 ? undefined : timeline[next],
  };
}

/** Step at which a generation begins: where its opening entry rewinds to, or 0. */
export function generationStart(timeline: readonly Intervention[], generation: number): number {
  return generation === 0 ? 0 : (timeline[forkIndex(timeline, generation)]?.rewindTo ?? 0);
}

/** The settings after one change. A push is state, not a setting. */
export function applyChange(settings: Settings, change: Change): Settings {
  if (change.kind === 'scale-rate')
    return { ...settings, learningRate: settings.learningRate * change.factor };
  if (change.kind === 'set') return { ...settings, ...(change.settings as Partial<Settings>) };
  return settings;
}

export interface SettingsPeriod {
  readonly fromStep: number;
  readonly settings: Settings;
}

type Timed = Settings & { readonly timeline: readonly Intervention[] };

/**
 * The settings of one generation as periods in order of their first step, the first at the step where it begins.
 * A generation starts under all settings in force when its opening entry was pressed, then that entry's own: a rewind alone cures
 * no bad setting.
 */
export function settingsPeriods(recipe: Timed, generation: number): readonly SettingsPeriod[] {
  const { inherited, own } = generationEntries(recipe.timeline, generation);
  const base = inherited.reduce(
    (settings, entry) => applyChange(settings, entry.change),
    pickSettings(recipe),
  );
  const begin = generationStart(recipe.timeline, generation);
  const periods: SettingsPeriod[] = [{ fromStep: begin, settings: base }];
  for (const entry of own) {
    const fromStep = entry.rewindTo ?? entry.at;
    const before = periods.at(-1)?.settings ?? base;
    if (periods.at(-1)?.fromStep === fromStep) periods.pop();
    periods.push({ fromStep, settings: applyChange(before, entry.change) });
  }
  return periods;
}

/** The settings in force at `step` of a list of periods. */
export function settingsAt(periods: readonly SettingsPeriod[], atStep: number): Settings {
  const found = periods.findLast((period) => period.fromStep <= atStep) ?? periods[0];
  if (!found) throw new Error('settings periods are empty: a generation has at least one');
  return found.settings;
}

export interface TimedPush extends BiasPush {
  readonly fromStep: number;
}

/** Bias pushes of one generation. Those of its ancestors are over: a rewind undoes state, and a remedy ends a running state fault. */
export function biasPushes(timeline: readonly Intervention[], generation: number): readonly TimedPush[] {
  return generationEntries(timeline, generation).own.flatMap((entry) =>
    entry.change.kind === 'push-biases' ? [{ ...entry.change, fromStep: entry.rewindTo ?? entry.at }] : [],
  );
}

function orderProblem(
  timeline: readonly Intervention[],
  index: number,
  floor: number,
): RecipeProblem | undefined {
  const entry = timeline[index];
  if (!entry) return undefined;
  if (entry.at < floor) {
    return {
      field: `timeline.${index}.at`,
      value: entry.at,
      reason: `out of order: the run it belongs to is at step ${floor}`,
    };
  }
  if (entry.rewindTo !== undefined && entry.rewindTo > entry.at) {
    return {
      field: `timeline.${index}.rewindTo`,
      value: entry.rewindTo,
      reason: `a rewind goes back, and it was pressed at step ${entry.at}`,
    };
  }
  return undefined;
}

function targetProblem(
  entry: Intervention,
  index: number,
  hidden: readonly number[],
): RecipeProblem | undefined {
  if (entry.change.kind !== 'push-biases') return undefined;
  const width = hidden[entry.change.layer - 1];
  const field = `timeline.${index}.change`;
  if (width === undefined) {
    return {
      field: `${field}.layer`,
      value: entry.change.layer,
      reason: `the network has ${counted(hidden.length, 'hidden layer')}`,
    };
  }
  if (entry.change.units > width) {
    return {
      field: `${field}.units`,
      value: entry.change.units,
      reason: `layer ${entry.change.layer} has ${width} units`,
    };
  }
  return undefined;
}

/** Entries below the step that their run has reached, rewinds forwards, and targets that the network lacks. */
export function checkTimeline(timeline: readonly Intervention[], hidden: readonly number[]): RecipeProblem[] {
  let floor = 0;
  return timeline.flatMap((entry, index) => {
    const problems = [orderProblem(timeline, index, floor), targetProblem(entry, index, hidden)];
    floor = entry.rewindTo ?? entry.at;
    return problems.filter((problem) => problem !== undefined);
  });
}
