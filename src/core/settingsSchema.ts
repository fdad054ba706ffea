// What may stand in each setting, and the words that say so.
import * as v from 'valibot';
import { real, whole } from './ranges.ts';
import { activations, schedules, settingsDefaults, telemetryLevels, validationSources } from './settings.ts';

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

/** The same fields as parts of a recipe's schema, each with its default. */
export const settingsEntries = {
  learningRate: v.optional(fields.learningRate, settingsDefaults.learningRate),
  schedule: v.optional(fields.schedule, settingsDefaults.schedule),
  warmUp: v.optional(fields.warmUp, settingsDefaults.warmUp),
  scheduleSteps: v.optional(fields.scheduleSteps, settingsDefaults.scheduleSteps),
  scheduleFactor: v.optional(fields.scheduleFactor, settingsDefaults.scheduleFactor),
  momentum: v.optional(fields.momentum, settingsDefaults.momentum),
  l2: v.optional(fields.l2, settingsDefaults.l2),
  clipNorm: v.optional(fields.clipNorm, settingsDefaults.clipNorm),
  dropout: v.optional(fields.dropout, settingsDefaults.dropout),
  activation: v.optional(fields.activation, settingsDefaults.activation),
  slope: v.optional(fields.slope, settingsDefaults.slope),
  batchNorm: v.optional(fields.batchNorm, settingsDefaults.batchNorm),
  initialBias: v.optional(fields.initialBias, settingsDefaults.initialBias),
  initialScale: v.optional(fields.initialScale, settingsDefaults.initialScale),
  keep: v.optional(fields.keep, settingsDefaults.keep),
  mislabelled: v.optional(fields.mislabelled, settingsDefaults.mislabelled),
  validationFrom: v.optional(fields.validationFrom, settingsDefaults.validationFrom),
  unemitted: v.optional(fields.unemitted, settingsDefaults.unemitted),
  telemetry: v.optional(fields.telemetry, settingsDefaults.telemetry),
};

const settingsSchema = v.strictObject(fields);
export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;
export type SettingField = keyof Settings;

/** Some settings, as a timeline entry sets them. */
export const settingsChangeSchema = v.partial(settingsSchema);
export type SettingsChange = Readonly<v.InferOutput<typeof settingsChangeSchema>>;
