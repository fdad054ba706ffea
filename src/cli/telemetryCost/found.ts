// Whether more telemetry finds a fault any sooner: the same run with each level really recorded, up to its first alert.
import type { Settings } from '../../core/settings.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Dataset } from '../../data/dataset.ts';
import { isAlert } from '../../detectors/index.ts';
import type { Finding } from '../../detectors/detector.ts';
import type { Engine } from '../../engine/engine.ts';
import { networkShape } from '../../signals/series.ts';
import { Excess } from '../../telemetry/excess.ts';
import { overInstrumentation } from '../../detectors/overInstrumentation.ts';
import { Training } from '../../worker/training.ts';

/** The level is taken up so many steps before the fault: to record every weight from the start would take minutes. */
const stepsBefore = 5;
const mostSteps = 1000;

export interface Found {
  readonly detector: string;
  readonly at: number;
  /** Steps at which everything was recorded by then. */
  readonly recorded: number;
}

function isFound(finding: Finding): boolean {
  return isAlert(finding) && finding.severity === 'firing' && finding.detector !== overInstrumentation.id;
}

/** The first alert of a recipe with one fault, under this level; undefined where there is none. */
export async function firstAlert(
  engine: Engine,
  recipe: Recipe,
  dataset: Dataset,
  telemetry: Settings['telemetry'],
): Promise<Found | undefined> {
  const from = Math.max(0, (recipe.timeline[0]?.at ?? 0) - stepsBefore);
  const level = { at: from, by: 'edit', change: { kind: 'set' as const, settings: { telemetry } } };
  const instrumented = { ...recipe, timeline: [level, ...recipe.timeline] };
  const training = await Training.start({ engine, recipe: instrumented, generation: 0, dataset });
  const settings = training.settings();
  const excess = new Excess({
    runId: 'found',
    settings: { ...settings, telemetry },
    shape: networkShape(recipe, dataset),
    mostRecorded: Infinity,
    mostPerInstrument: Infinity,
  });
  let recorded = 0;
  training.detailTo(async (program, _, wanted) => {
    await excess.export(await program.detail(wanted));
    recorded++;
  });
  try {
    while (training.step < mostSteps) {
      const { detected } = await training.advance(1, 1);
      for (const { event } of detected)
        if (event.kind === 'raised' && isFound(event.finding)) {
          const { detector, at } = event.finding;
          return { detector, at, recorded };
        }
    }
    return undefined;
  } finally {
    training.dispose();
    await excess.close();
  }
}
