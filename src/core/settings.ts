// Settings: the fields of a recipe that an intervention may change while a run trains.
import type { SettingField, Settings } from './settingsSchema.ts';

export type { SettingField, Settings, SettingsChange } from './settingsSchema.ts';

export const activations = ['relu', 'leaky-relu', 'elu', 'tanh', 'sigmoid', 'linear'] as const;
export type Activation = (typeof activations)[number];

export const telemetryLevels = ['core', 'per-layer-gradients', 'per-neuron', 'per-weight'] as const;

export const validationSources = ['split', 'production'] as const;

export const schedules = ['constant', 'cosine', 'step'] as const;

/** Plain values: the training thread trusts what it is told, and holds no schema. */
export const settingsDefaults = {
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

export const settingFields = Object.keys(settingsDefaults) as readonly SettingField[];

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
