// Timeline entries, findings and layers in few words, for a figure and its report.
import type { Change } from '../core/change.ts';
import type { SettingField, SettingsChange } from '../core/settings.ts';
import type { Intervention } from '../core/timeline.ts';
import { counted, percent } from '../core/wording.ts';
import type { Finding } from '../detectors/detector.ts';

/** `learningRate` as “learning rate”. */
function spaced(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function number(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

type SettingWords = { readonly [Field in SettingField]?: (value: unknown) => string };

const settingWords: SettingWords = {
  keep: (value) => (value === 0 ? 'all data' : `keep ${String(value)}`),
  mislabelled: (value) => (value === 0 ? '' : `${String(value)} mislabelled`),
  clipNorm: (value) => (value === 0 ? 'no clipping' : `clip at ${String(value)}`),
  unemitted: (value) =>
    Array.isArray(value) && value.length > 0 ? `without ${value.join(', ')}` : 'all signals emitted',
  validationFrom: (value) => (value === 'production' ? 'validate on production' : 'validate on the split'),
  telemetry: (value) => `telemetry ${String(value)}`,
};

function oneSetting([field, value]: readonly [string, unknown]): string {
  const words = Object.entries(settingWords).find(([name]) => name === field)?.[1];
  if (words) return words(value);
  if (typeof value === 'boolean') return value ? spaced(field) : `no ${spaced(field)}`;
  if (field === 'activation') return String(value);
  return `${spaced(field)} ${typeof value === 'number' ? number(value) : String(value)}`;
}

function settingsWords(settings: SettingsChange): string {
  const words = Object.entries(settings)
    .map(oneSetting)
    .filter((text) => text !== '');
  return words.join(', ') || 'the same settings';
}

function driftWords({ shift, scale, rotate, noise, prior }: Extract<Change, { kind: 'drift' }>): string {
  const parts = [
    shift === 0 ? '' : `shifted ${number(shift)} σ`,
    scale === 1 ? '' : `scaled ×${number(scale)}`,
    rotate === 0 ? '' : `turned ${number(rotate)}°`,
    noise === 0 ? '' : `noise ${number(noise)} σ`,
    prior === 0 ? '' : `${percent(prior)} class 0`,
  ].filter((text) => text !== '');
  return `production ${parts.join(', ') || 'as it was'}`;
}

export function changeWords(change: Change): string {
  switch (change.kind) {
    case 'set':
      return settingsWords(change.settings);
    case 'scale-rate':
      return change.factor < 1 ? `rate ÷${number(1 / change.factor)}` : `rate ×${number(change.factor)}`;
    case 'push-biases':
      return `${change.units} biases of layer ${change.layer} ${number(change.perStep)} a step`;
    case 'corrupt-batch': {
      const what = change.steps === 1 ? 'bad batch' : 'bad batches';
      return `${what}: inputs ×${number(change.inputs)}${change.swapped ? ', labels swapped' : ''}`;
    }
    case 'skip-batches':
      return `skip the batches ${change.from}–${change.from + change.steps - 1}`;
    case 'reinitialise':
      return 're-initialise dead units';
    case 'initialise':
      return 'draw all weights anew';
    case 'drift':
      return driftWords(change);
  }
}

/** Steps over which a change goes on; 0 = it is made at once. */
export function lastingSteps(change: Change): number {
  return 'steps' in change && change.kind !== 'skip-batches' && change.steps > 1 ? change.steps : 0;
}

/** What was done, and where a new run starts: “rewind to 384: rate ÷10”. */
export function entryWords({ at, rewindTo, change }: Intervention): string {
  const lasting = lastingSteps(change);
  const words = lasting > 0 ? `${changeWords(change)}, ${counted(lasting, 'step')}` : changeWords(change);
  if (rewindTo === undefined) return words;
  return rewindTo === at ? `${words}, from here` : `rewind to ${rewindTo}: ${words}`;
}

/** Hidden layer of a finding, where it is about one. */
export function layerOf({ layer }: Finding): number | undefined {
  return layer > 0 ? layer : undefined;
}

export function severityWords({ severity, at }: Finding): string {
  return `${severity === 'firing' ? 'fires' : 'warns'} ${at}`;
}
