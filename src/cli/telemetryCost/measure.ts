// Telemetry levels of one network side by side, every series recorded, whatever it costs.
import { telemetryLevels } from '../../core/settings.ts';
import type { Recipe } from '../../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import type { Dataset } from '../../data/dataset.ts';
import { withContext } from '../../engine/context.ts';
import type { Engine } from '../../engine/engine.ts';
import { networkShape } from '../../signals/series.ts';
import type { LevelMeasurement } from '../../telemetry/cost.ts';
import { compareLevels } from '../../worker/levelComparison.ts';

/** Steps before the measurement: a compiler that learns while it runs has learned by then. */
const warmUp = 50;
/** Stretches of each level: see levelComparison.ts. */
const stretches = 2;

export async function measureLevels(
  engine: Engine,
  recipe: Recipe,
  dataset: Dataset,
  seconds: number,
): Promise<readonly LevelMeasurement[]> {
  const request = { recipe: { ...recipe, timeline: [] }, generation: 0, dataset, fromStep: 0 };
  const program = withContext(await engine.compile(request), request);
  await program.advance(warmUp);
  await program.rows();
  try {
    return await compareLevels({
      program,
      settings: settingsAt(settingsPeriods(request.recipe, 0), warmUp),
      shape: networkShape(recipe, dataset),
      levels: telemetryLevels,
      mostRecorded: Infinity,
      stretchMilliseconds: (1000 * seconds) / stretches,
      tell: (level) => process.stderr.write(`  ${level}\n`),
      isCalledOff: () => false,
    });
  } finally {
    program.dispose();
  }
}
