// The handout's silhouettes, from runs in plain JavaScript: no browser, no clock, the same files every time.
import { Rows } from '../../core/layout.ts';
import { loadDataset } from '../../data/index.ts';
import { plainEngine } from '../../engine/compiled/plain.ts';
import { detectorOf } from '../../detectors/index.ts';
import { scenarioOf } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { healthy, silhouettePath, silhouettes, type Silhouette } from '../../site/silhouettes.ts';
import { makePicture } from '../../worker/picture.ts';
import { Training } from '../../worker/training.ts';
import { drawSignal, drawSurface, type Reading } from './drawSilhouette.ts';

interface Drawing {
  readonly path: string;
  readonly svg: string;
}

function scenarioNamed(id: string): Scenario {
  const scenario = scenarioOf(id);
  if (!scenario) throw new Error(`scenario “${id}”: there is no such scenario to draw`);
  return scenario;
}

async function start({ recipe }: Scenario): Promise<Training> {
  const dataset = await loadDataset(recipe, {
    file: (path) => Promise.reject(new Error(`${path}: a silhouette is of points in the plane`)),
    progress: () => undefined,
  });
  return Training.start({ engine: plainEngine, recipe, generation: 0, dataset });
}

/** Trains to a step; what the detectors say on the way changes nothing. */
async function trainTo(training: Training, step: number): Promise<readonly Rows[]> {
  const rows: Rows[] = [];
  while (training.step < step) {
    const { words } = await training.advance(step - training.step, 50);
    rows.push(new Rows(training.layout, words));
  }
  return rows;
}

function readingsOf(all: readonly Rows[], { signal, layer }: Silhouette): readonly Reading[] {
  return all.flatMap((rows) => {
    const column = rows.layout.column(signal, layer);
    return Array.from(
      { length: rows.count },
      (_, row) => [rows.step(row), rows.value(row, column)] as const,
    ).flatMap(([step, value]) => (value === undefined ? [] : [[step, value] as const]));
  });
}

/** The limit that its detector holds the signal itself against, where there is one. */
function limitOf({ expected }: Scenario, { signal }: Silhouette): number | undefined {
  const detector = detectorOf(expected[0] ?? '');
  const limits: Readonly<Record<string, number>> = detector.thresholds;
  return { dead_neuron_ratio: limits['ratio'], telemetry_series: limits['series'] }[signal as string];
}

async function drawOne(silhouette: Silhouette): Promise<readonly Drawing[]> {
  const scenario = scenarioNamed(silhouette.scenario);
  const training = await start(scenario);
  const before = await trainTo(training, silhouette.at);
  const surface = drawSurface(await makePicture(training));
  const rows = [...before, ...(await trainTo(training, scenario.steps))];
  training.dispose();
  const faultAt = scenario.recipe.timeline[0]?.at ?? 0;
  const signal = drawSignal(readingsOf(rows, silhouette), {
    axis: silhouette.axis,
    end: scenario.steps,
    faultAt,
    limit: limitOf(scenario, silhouette),
  });
  return [
    { path: silhouettePath(scenario.id, 'surface'), svg: surface },
    { path: silhouettePath(scenario.id, 'signal'), svg: signal },
  ];
}

async function drawHealthy(): Promise<Drawing> {
  const training = await start(scenarioNamed(healthy.scenario));
  await trainTo(training, healthy.at);
  const svg = drawSurface(await makePicture(training));
  training.dispose();
  return { path: silhouettePath(healthy.scenario, 'surface'), svg };
}

export async function drawSilhouettes(): Promise<readonly Drawing[]> {
  const drawings: Drawing[] = [await drawHealthy()];
  for (const silhouette of silhouettes) drawings.push(...(await drawOne(silhouette)));
  return drawings;
}
