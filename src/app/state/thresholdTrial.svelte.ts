// Thresholds that are moved on the charts: what their detectors say of the rows so far, while they are dragged and after.
import { untrack } from 'svelte';
import type { ChartSpec } from './chartSpecs.ts';
import type { Playground } from './playground.svelte.ts';
import { detectorCandidate, Replay, sourceOf, type Alarm } from './replay.svelte.ts';

const detectorIn = (name: string) => name.split('.')[0] ?? '';

const distinct = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) === index);

export class ThresholdTrial {
  readonly #playground: Playground;
  readonly #replay = new Replay();

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** @param isDone the handle was let go */
  move(name: string, value: number, isDone: boolean): void {
    this.#playground.dragThreshold(name, value);
    if (isDone) this.#playground.dropThreshold();
  }

  /** Where the moved thresholds of a chart alarm. */
  alarmsOf({ thresholds }: Pick<ChartSpec, 'thresholds'>): readonly Alarm[] {
    const moved = thresholds.filter(({ name }) => this.#isMoved(name)).map(({ name }) => detectorIn(name));
    return distinct(moved).flatMap((id) => this.#replay.alarms[id] ?? []);
  }

  legendOf({ thresholds }: Pick<ChartSpec, 'thresholds'>): string {
    const moved = thresholds.filter(({ name }) => this.#isMoved(name));
    return moved.length === 0 ? '' : `limit moved to ${moved.map(({ label }) => label).join(', ')}`;
  }

  /** Runs the detectors of the moved thresholds over the rows again. An effect: reads what they depend on. */
  replay(): () => void {
    const { looked, readings, thresholds } = this.#playground;
    const { history } = looked;
    const { chartContext } = readings;
    const ids = distinct(Object.keys(thresholds).map(detectorIn));
    if (history && ids.length > 0) {
      const candidates = ids.map((id) => detectorCandidate(id, chartContext.recipe.thresholds));
      untrack(() => this.#replay.watch(sourceOf(looked, history, chartContext), candidates));
    }
    return () => this.#replay.stop();
  }

  /** Rows have arrived. */
  follow(): void {
    if (Object.keys(this.#playground.thresholds).length > 0) this.#replay.follow();
  }

  #isMoved(name: string): boolean {
    return name in this.#playground.thresholds;
  }
}
