// Every control of the page by name, where it stands, and its keys: a link can hide any of them.
import { faults } from '../../faults/index.ts';
import { pageParts } from './pageParts.ts';

interface Control {
  /** Where it stands: CSS selectors. */
  readonly at: readonly string[];
  /** Keys that do the same, in lower case. */
  readonly keys?: readonly string[];
}

const byTestId = (...ids: readonly string[]): readonly string[] => ids.map((id) => `[data-testid="${id}"]`);

/** Where parts stand on a projector. */
const presented: Readonly<Partial<Record<string, string>>> = {
  surface: '.present .model',
  figures: '.present dl',
  charts: '.present .charts',
  lamps: '.present .lamps',
  card: '.present .card-place',
};

const parts = Object.fromEntries(
  Object.entries(pageParts).map(([name, place]): readonly [string, Control] => [
    name,
    { at: [place, presented[name] ?? []].flat() },
  ]),
);

const single: Readonly<Record<string, Control>> = {
  scenario: { at: byTestId('scenario', 'menu-scenarios') },
  pause: { at: byTestId('pause', 'present-pause'), keys: [' '] },
  step: { at: byTestId('one-step', 'menu-step'), keys: ['s'] },
  reset: { at: byTestId('reset', 'menu-reset'), keys: ['r'] },
  pace: { at: ['fieldset:has([data-testid="pace-max"])'] },
  recipe: { at: byTestId('recipe', 'menu-recipe') },
  telemetry: { at: byTestId('telemetry', 'menu-telemetry') },
  engine: { at: [...byTestId('engine'), '[data-testid^="engine-"]'] },
  share: { at: byTestId('share', 'menu-share', 'menu-send', 'receipt-share', 'present-code') },
  more: { at: byTestId('more', 'menu-phone') },
  twin: { at: byTestId('twin', 'menu-twin') },
  whole: { at: byTestId('whole') },
  blindfold: { at: byTestId('blindfold-controls') },
  production: { at: byTestId('production-controls', 'menu-production') },
  ship: { at: byTestId('ship') },
  alarms: { at: byTestId('menu-alarms') },
  quality: { at: byTestId('menu-quality') },
  rules: { at: byTestId('menu-rules') },
  signals: { at: byTestId('menu-signals') },
  undo: { at: byTestId('menu-undo', 'present-back'), keys: ['z'] },
  keys: { at: byTestId('menu-keys'), keys: ['?'] },
  look: { at: ['[data-testid^="theme-"]'] },
  remedies: { at: ['[data-testid^="remedy-"]'] },
  held: { at: byTestId('would-it-have-held') },
  next: { at: byTestId('next-wreck') },
};

const eachFault = Object.fromEntries(
  faults.map(({ id }, index): readonly [string, Control] => [
    id,
    { at: byTestId(`fault-${id}`), keys: [String(index + 1)] },
  ]),
);

/** All fault buttons are a part of the page; without it their keys are off too. */
const all: Readonly<Record<string, Control>> = {
  ...single,
  ...parts,
  faults: { at: [pageParts.faults], keys: faults.map((_, index) => String(index + 1)) },
  ...eachFault,
};

export const controlNames: readonly string[] = Object.keys(all);

/** The style rule that takes these controls off the page, for the eye, the keyboard and the screen reader alike; empty where there are none. */
export function hidingRule(names: readonly string[]): string {
  const places = names.flatMap((name) => all[name]?.at ?? []);
  return places.length === 0 ? '' : `${places.join(',')}{display:none!important}`;
}

/** Whether a key does what a hidden control does. */
export function isKeyOff(key: string, hidden: readonly string[]): boolean {
  return hidden.some((name) => all[name]?.keys?.includes(key.toLowerCase()) === true);
}
