// What one timeline entry changes: settings, weights, mini-batches, or what users send.
import type { Change } from './changeSchema.ts';
import type { Settings } from './settings.ts';

export type { Change, ChangeOf } from './changeSchema.ts';

/** The settings after one change. Most kinds change state or data, and no setting. */
export function applyChange(settings: Settings, change: Change): Settings {
  if (change.kind === 'scale-rate')
    return { ...settings, learningRate: settings.learningRate * change.factor };
  if (change.kind === 'initialise') return { ...settings, initialScale: 1 };
  if (change.kind === 'set') return { ...settings, ...(change.settings as Partial<Settings>) };
  return settings;
}
