// The same run at every telemetry level: what each found, and whether the rows are the same to the bit.
import { sameRows, type Sameness } from '../../core/sameRows.ts';
import { telemetryLevels } from '../../core/settings.ts';
import type { DetectorId } from '../../detectors/index.ts';
import { atLevel } from '../../lessons/atLevel.ts';
import { seriesCount } from '../../signals/series.ts';
import type { TelemetryLevel } from '../../worker/protocol.ts';
import { settingsNow } from './chapter.ts';
import { shapeOf } from './networkShape.ts';
import type { Run } from './run.svelte.ts';
import type { Trial, Tried } from './trials.svelte.ts';

/** The run as far as it has come, at each level. */
export function levelTrials({ recipe, lastStep }: Pick<Run, 'recipe' | 'lastStep'>): readonly Trial[] {
  return telemetryLevels.map((level) => ({
    id: level,
    recipe: atLevel(recipe, level),
    until: lastStep + 1,
  }));
}

export interface LevelView {
  readonly level: TelemetryLevel;
  readonly series: number | undefined;
  /** Step at which the detector fired; undefined = not. */
  readonly foundAt: number | undefined;
  /** Against the rows of the run; undefined = it is still being trained. */
  readonly same: Sameness | undefined;
}

/** Step at which a detector fired. */
function firedAt({ alerts }: Tried, detector: DetectorId | undefined): number | undefined {
  return alerts.find(({ finding }) => finding.detector === detector && finding.severity === 'firing')?.finding
    .at;
}

/** Every level has been trained, and the detector fired at one and the same step in all. */
export function isSameAtEveryLevel(
  done: Readonly<Partial<Record<string, Tried>>>,
  detector: DetectorId | undefined,
): boolean {
  const found = telemetryLevels.map((level) => {
    const tried = done[level];
    return tried && firedAt(tried, detector);
  });
  return found[0] !== undefined && new Set(found).size === 1;
}

/** @param done trials of `levelTrials`, as far as they are done */
export function levelViews(
  run: Run,
  done: Readonly<Partial<Record<string, Tried>>>,
  detector: DetectorId | undefined,
): readonly LevelView[] {
  const { recipe, ready, history, position } = run;
  return telemetryLevels.map((level) => {
    const tried = done[level];
    const settings = { ...settingsNow(position), telemetry: level };
    return {
      level,
      series: ready && seriesCount(settings, shapeOf(recipe, ready)),
      foundAt: tried && firedAt(tried, detector),
      same: tried && history && sameRows(tried.rows, history.rows(0, tried.rows.count), ['telemetry_series']),
    };
  });
}
