// What was done to a run, as a post-mortem dates it: each entry of its timeline with the step at which it took effect in these rows, and without blame.
import type { Change } from '../../core/change.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { SettingsChange } from '../../core/settings.ts';
import { isDrifted } from '../../core/stateFaults.ts';
import { generationEntries, generationStart, type Intervention } from '../../core/timeline.ts';
import { counted, decimal, whole } from '../../core/wording.ts';
import { isFault } from './chapter.ts';
import { spaced } from './wording.ts';

/** Whose timeline it is. */
export interface Told {
  readonly generation: number;
  /** Entries that have taken effect, the ancestors' included. */
  readonly happened: readonly Intervention[];
}

export interface Happening {
  readonly step: number;
  readonly text: string;
  /** It is a fault, and not one that only hides or adds signals. */
  readonly breaks: boolean;
}

function settingWords(field: string, value: unknown, settings: SettingsChange, { train }: Recipe): string {
  switch (field) {
    case 'keep':
      return value === 0
        ? `the data loader gives all ${whole(train)} examples again`
        : `the data loader changed: ${whole(Number(value))} of ${whole(train)} examples, ${settings.mislabelled ?? 0} mislabelled`;
    case 'mislabelled':
      return settings.keep === undefined
        ? `${whole(Number(value))} of the examples kept are mislabelled`
        : '';
    case 'unemitted':
      return Array.isArray(value) && value.length > 0
        ? `no longer emitted: ${value.join(', ')}`
        : 'every signal is emitted';
    case 'telemetry':
      return `the telemetry level is ${String(value)}`;
    default:
      return `${spaced(field)} is ${typeof value === 'number' ? decimal(value) : String(value)}`;
  }
}

function changeWords(change: Change, recipe: Recipe): string {
  switch (change.kind) {
    case 'set':
      return Object.entries(change.settings)
        .map(([field, value]) => settingWords(field, value, change.settings, recipe))
        .filter((words) => words !== '')
        .join('; ');
    case 'scale-rate':
      return change.factor < 1
        ? `the learning rate was divided by ${decimal(1 / change.factor)}`
        : `the learning rate was multiplied by ${decimal(change.factor)}`;
    case 'push-biases':
      return `${counted(change.units, 'neuron')} of layer ${change.layer} were pushed ${change.perStep < 0 ? 'below zero' : 'up'}, over ${counted(change.steps, 'step')}`;
    case 'corrupt-batch':
      return change.steps === 1
        ? 'a mini-batch was spoilt'
        : `${whole(change.steps)} mini-batches were spoilt`;
    case 'skip-batches':
      return `spoilt mini-batches are skipped, ${counted(change.steps, 'step')} from ${whole(change.from)} on`;
    case 'reinitialise':
      return 'dead neurons were drawn anew';
    case 'initialise':
      return 'all weights were drawn anew';
    case 'drift':
      return isDrifted(driftTarget(change))
        ? `users began to send something else${change.steps > 1 ? `, over ${counted(change.steps, 'step')}` : ''}`
        : 'users send again what they did at first';
  }
}

function driftTarget({ shift, scale, rotate, noise, prior }: Extract<Change, { kind: 'drift' }>) {
  return { shift, scale, rotate, noise, prior };
}

/** Nothing that a network learns from, or answers, depends on it. */
function leavesAll({ change }: Intervention): boolean {
  if (change.kind !== 'set') return false;
  return Object.keys(change.settings).every((field) => field === 'unemitted' || field === 'telemetry');
}

/** What was done to a run, in the order in which it took effect. Weights that an ancestor's fault moved after the fork are as they were. */
export function happenings({ happened, generation }: Told, recipe: Recipe): readonly Happening[] {
  const { timeline } = recipe;
  const start = generationStart(timeline, generation);
  const inherited = generationEntries(timeline, generation).inherited.length;
  return happened
    .flatMap((entry, index): readonly Happening[] => {
      const { at, rewindTo = at, change } = entry;
      const isOwn = index >= inherited;
      if (!isOwn && at >= start && change.kind === 'push-biases') return [];
      // A spoilt mini-batch is bound to its step, whoever's it was; a setting is in force from the fork on.
      const step = isOwn ? rewindTo : change.kind === 'corrupt-batch' ? at : Math.min(at, start);
      const words = changeWords(change, recipe);
      const back = rewindTo < at ? `back to here from step ${whole(at)}` : '';
      const text = [back, words].filter((part) => part !== '').join(': ');
      return text === '' ? [] : [{ step, text, breaks: isFault(entry) && !leavesAll(entry) }];
    })
    .toSorted((a, b) => a.step - b.step);
}
