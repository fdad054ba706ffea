// What the detectors would have said with every signal emitted: the rows hold all of them, whoever was allowed to see them.
import type { DetectorEvent } from '../../detectors/detector.ts';
import { makeMonitor, seeingAll } from '../../detectors/monitor.ts';
import type { Position } from './chapter.ts';
import type { ChartContext } from './chartSpecs.ts';
import type { History } from './history.svelte.ts';
import { settingsThrough } from './unemitted.ts';

/** All that the detectors say of a run's rows so far when they see every signal. */
export function toldUnhidden(
  history: Pick<History, 'layout' | 'count' | 'rows'>,
  position: Pick<Position, 'recipe' | 'generation'>,
  { recipe, inputs }: ChartContext,
): readonly DetectorEvent[] {
  const settings = seeingAll(settingsThrough(position));
  return makeMonitor(recipe, history.layout, { settings, inputs }).push(history.rows(0, history.count));
}
