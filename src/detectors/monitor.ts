// All detectors over one run: feeds them rows, less the signals that are not emitted, and keeps what is raised.
import type { RowLayout } from '../core/layout.ts';
import { Rows } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import type { Settings } from '../core/settings.ts';
import { settingsAt, settingsPeriods } from '../core/timeline.ts';
import { deadWindow } from '../signals/index.ts';
import type { DetectorEvent, Finding, WatchContext, Watcher } from './detector.ts';
import { detectors, readers, thresholdsOf } from './index.ts';

export interface Monitor {
  /** Feeds every row and returns what was raised and resolved, in order of steps. */
  push(rows: Rows): readonly DetectorEvent[];
  /** Findings that are raised now, the first raised first. */
  readonly active: readonly Finding[];
}

/** What a monitor may be told beside the recipe. */
export interface MonitorFacts {
  /** In force at a step; absent = by the recipe's timeline up to its first fork. */
  readonly settings?: (step: number) => Settings;
  /** Inputs that a divergence is taken over; absent = 2, as of points in the plane. */
  readonly inputs?: number;
}

export function watchContextOf(recipe: Recipe, layout: RowLayout, facts: MonitorFacts = {}): WatchContext {
  const periods = settingsPeriods(recipe, 0);
  const { settings = (step: number) => settingsAt(periods, step), inputs = 2 } = facts;
  return {
    layout,
    hiddenLayers: recipe.hidden.length,
    widths: recipe.hidden,
    deadWindow: deadWindow(recipe.train, recipe.batch),
    validateEvery: recipe.validateEvery,
    settings,
    batch: recipe.batch,
    train: recipe.train,
    validation: recipe.validation,
    inputs,
    classes: recipe.classes,
    readers,
  };
}

/** The same settings with nothing hidden; one object for as long as they stay the same. */
export function seeingAll(settings: (step: number) => Settings): (step: number) => Settings {
  let [last, seeing]: (Settings | undefined)[] = [];
  return (step) => {
    const now = settings(step);
    if (seeing === undefined || now !== last) [last, seeing] = [now, { ...now, unemitted: [] }];
    return seeing;
  };
}

/** The rows as whoever watches from outside sees them: a signal that is not emitted is absent. The rows themselves stay as they are. */
export function emittedRows(rows: Rows, settings: (step: number) => Settings): Rows {
  const { layout } = rows;
  let words: Uint32Array | undefined;
  for (let row = 0; row < rows.count; row++) {
    const { unemitted } = settings(rows.step(row));
    if (unemitted.length === 0) continue;
    words ??= rows.words.slice();
    for (let column = 0; column < layout.columns.length; column++) {
      if (!unemitted.includes(layout.columns[column]?.signal ?? '')) continue;
      const word = row * layout.width + 1 + (column >>> 5);
      words[word] = (words[word] ?? 0) & ~(1 << (column & 31));
    }
  }
  return words ? new Rows(layout, words) : rows;
}

export function makeMonitor(recipe: Recipe, layout: RowLayout, facts: MonitorFacts = {}): Monitor {
  const context = watchContextOf(recipe, layout, facts);
  const watchers: readonly Watcher[] = detectors.map((detector) =>
    detector.watch(context, thresholdsOf(detector, recipe.thresholds)),
  );
  let active: readonly Finding[] = [];

  const take = (event: DetectorEvent): void => {
    const { detector, layer } = event.kind === 'raised' ? event.finding : event;
    const others = active.filter((finding) => finding.detector !== detector || finding.layer !== layer);
    active = event.kind === 'raised' ? [...others, event.finding] : others;
  };

  return {
    push: (rows) => {
      const emitted = emittedRows(rows, context.settings);
      const events: DetectorEvent[] = [];
      for (let row = 0; row < emitted.count; row++) {
        for (const watcher of watchers) for (const event of watcher(emitted, row)) events.push(event);
      }
      events.forEach(take);
      return events;
    },
    get active() {
      return active;
    },
  };
}
