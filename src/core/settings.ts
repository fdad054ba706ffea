// Settings: the fields of a recipe that an intervention may change while a run trains.
import * as v from 'valibot';
import { real, whole } from './ranges.ts';

export const activations = ['relu', 'leaky-relu', 'elu', 'tanh', 'sigmoid', 'linear'] as const;
export type Activation = (typeof activations)[number];

export const telemetryLevels = ['core', 'per-layer-gradients', 'per-neuron', 'per-weight'] as const;

const validationSources = ['split', 'production'] as const;

export const schedules = ['constant', 'cosine', 'step'] as const;

const fields = {
  /** Full rate: what schedule and warm-up take their share of. */
  learningRate: real(0, 1e6),
  /** Course of the learning rate after the warm-up, counted from step 0 of the run. */
  schedule: v.picklist(schedules, `must be one of ${schedules.join(', ')}`),
  /** Steps over which the learning rate first climbs to its full value, in a straight line; 0 = none. */
  warmUp: whole(0, 20000),
  /** Steps that the cosine takes, or between two drops of the step schedule. */
  scheduleSteps: whole(1, 20000),
  /** Share of the full rate at which the cosine ends; what each drop of the step schedule multiplies by. */
  scheduleFactor: real(0, 1),
  /** Momentum factor, and Adam's β₁. */
  momentum: real(0, 0.9999),
  /** L2: each weight's gradient gains l2 × weight (biases and batch-norm parameters are left alone). */
  l2: real(0, 10),
  /** Largest global norm of the gradient; 0 = no clipping. */
  clipNorm: real(0, 1e6),
  /** Share of each hidden layer's activations that training sets to 0; the others grow by 1 / (1 − dropout). */
  dropout: real(0, 0.95),
  activation: v.picklist(activations, `must be one of ${activations.join(', ')}`),
  /** Slope of LeakyReLU below zero. */
  slope: real(0, 1),
  /** Batch normalisation before each hidden activation. */
  batchNorm: v.boolean('must be true or false'),
  /** Where every bias starts. Above 0, or chance kills some ReLUs of a small layer. Of effect at step 0 alone. */
  initialBias: real(-10, 10),
  /** Factor on the standard initial weights (He for ReLU and its kin, Glorot otherwise). Of effect at step 0 alone. */
  initialScale: real(0, 100),
  /** Training examples kept; 0 = all. */
  keep: whole(0, 16000),
  /** How many of the kept examples carry a wrong label. */
  mislabelled: whole(0, 16000),
  /** Where the validation set is from: the data's own split, or what users send. */
  validationFrom: v.picklist(validationSources, `must be one of ${validationSources.join(', ')}`),
  /** Signals that are not emitted, by their ids: detectors and exports do not see them. */
  unemitted: v.pipe(
    v.array(
      v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/, 'must be a list of signals')),
      'must be a list of signals',
    ),
    v.maxLength(20, 'must name at most 20 signals'),
  ),
  /** What is emitted beside the core signals. */
  telemetry: v.picklist(telemetryLevels, `must be one of ${telemetryLevels.join(', ')}`),
};

const defaults = {
  learningRate: 0.1,
  schedule: 'constant',
  warmUp: 0,
  scheduleSteps: 1000,
  scheduleFactor: 0.1,
  momentum: 0.9,
  l2: 0,
  clipNorm: 0,
  dropout: 0,
  activation: 'relu',
  slope: 0.2,
  batchNorm: false,
  initialBias: 0.2,
  initialScale: 1,
  keep: 0,
  mislabelled: 0,
  validationFrom: 'split',
  unemitted: [] as string[],
  telemetry: 'core',
} as const;

/** The same fields as parts of a recipe's schema, each with its default. */
export const settingsEntries = {
  learningRate: v.optional(fields.learningRate, defaults.learningRate),
  schedule: v.optional(fields.schedule, defaults.schedule),
  warmUp: v.optional(fields.warmUp, defaults.warmUp),
  scheduleSteps: v.optional(fields.scheduleSteps, defaults.scheduleSteps),
  scheduleFactor: v.optional(fields.scheduleFactor, defaults.scheduleFactor),
  momentum: v.optional(fields.momentum, defaults.momentum),
  l2: v.optional(fields.l2, defaults.l2),
  clipNorm: v.optional(fields.clipNorm, defaults.clipNorm),
  dropout: v.optional(fields.dropout, defaults.dropout),
  activation: v.optional(fields.activation, defaults.activation),
  slope: v.optional(fields.slope, defaults.slope),
  batchNorm: v.optional(fields.batchNorm, defaults.batchNorm),
  initialBias: v.optional(fields.initialBias, defaults.initialBias),
  initialScale: v.optional(fields.initialScale, defaults.initialScale),
  keep: v.optional(fields.keep, defaults.keep),
  mislabelled: v.optional(fields.mislabelled, defaults.mislabelled),
  validationFrom: v.optional(fields.validationFrom, defaults.validationFrom),
  unemitted: v.optional(fields.unemitted, defaults.unemitted),
  telemetry: v.optional(fields.telemetry, defaults.telemetry),
};

const settingsSchema = v.strictObject(fields);
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;
export type SettingField = keyof Settings;

export const settingFields = Object.keys(fields) as readonly SettingField[];

/** Some settings, as a timeline entry sets them. */
export const settingsChangeSchema = v.partial(settingsSchema);
export type SettingsChange = Readonly<v.InferOutput<typeof settingsChangeSchema>>;

/** Settings that decide which passes and which data a program has; a change of one compiles a new program. Of dropout it is whether there is any. */
export function sameStructure(a: Settings, b: Settings): boolean {
  return (
    a.activation === b.activation &&
    a.slope === b.slope &&
    a.batchNorm === b.batchNorm &&
    a.validationFrom === b.validationFrom &&
    a.dropout > 0 === b.dropout > 0
  );
}

/** The settings part of anything that carries all settings fields, such as a recipe. */
export function pickSettings(source: Settings): Settings {
  return Object.fromEntries(settingFields.map((field) => [field, source[field]])) as unknown as Settings;
}
