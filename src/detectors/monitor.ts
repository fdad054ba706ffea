// All detectors over one run: feeds them rows and keeps what is raised.
import type { Recipe } from '../core/recipe.ts';
import type { RowLayout, Rows } from '../core/layout.ts';
import { deadWindow } from '../signals/index.ts';
import type { DetectorEvent, Finding, Watcher } from './detector.ts';
import { detectors, thresholdsOf } from './index.ts';

export interface Monitor {
  /** Feeds every row and returns what was raised and resolved, in order of steps. */
  push(rows: Rows): readonly DetectorEvent[];
  /** Findings that are raised now, the first raised first. */
  readonly active: readonly Finding[];
}

export function makeMonitor(recipe: Recipe, layout: RowLayout): Monitor {
  const context = {
    layout,
    hiddenLayers: recipe.hidden.length,
    deadWindow: deadWindow(recipe.train, recipe.batch),
    validateEvery: recipe.validateEvery,
  };
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
      const events: DetectorEvent[] = [];
      for (let row = 0; row < rows.count; row++) {
        for (const watcher of watchers) for (const event of watcher(rows, row)) events.push(event);
      }
      events.forEach(take);
      return events;
    },
    get active() {
      return active;
    },
  };
}
