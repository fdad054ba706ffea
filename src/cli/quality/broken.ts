// Breaks a run, up to the step at which a person would press a remedy.
import { bestCheckpoint } from '../../core/bestCheckpoint.ts';
import { joinWords, Rows, type RowLayout } from '../../core/layout.ts';
import type { EvaluationSeries } from '../../core/recovery.ts';
import type { Finding } from '../../detectors/detector.ts';
import type { Checkpoints } from '../../remedies/remedy.ts';
import type { Detected } from '../../worker/protocol.ts';
import { Training } from '../../worker/training.ts';
import { plainEngine } from '../../engine/compiled/plain.ts';
import { datasetOf } from './program.ts';
import type { Trial } from './trial.ts';

/** Steps from an alert to a press. */
const reaction = 5;
/** Steps between two looks at the rows. */
export const chunk = 64;

export interface Broken {
  readonly training: Training;
  readonly finding: Finding;
  readonly checkpoints: Checkpoints;
}

/** Validation losses at the steps that evaluated. */
export function evaluationsOf(layout: RowLayout, words: Uint32Array<ArrayBuffer>): EvaluationSeries {
  const rows = new Rows(layout, words);
  const [loss, evaluated] = [layout.column('validation_loss'), layout.column('evaluated_at')];
  const [steps, losses]: [number[], number[]] = [[], []];
  for (let row = 0; row < rows.count; row++) {
    const step = rows.step(row);
    if (rows.value(row, evaluated) !== step) continue;
    steps.push(step);
    losses.push(rows.value(row, loss) ?? NaN);
  }
  return { steps, losses };
}

interface Fired {
  readonly finding: Finding;
  readonly healthy: number;
}

function firedAmong(detected: readonly Detected[], detector: string, from: number): Fired | undefined {
  for (const { event, healthyCheckpoint } of detected) {
    if (event.kind === 'resolved') continue;
    const { finding } = event;
    if (finding.detector === detector && finding.severity === 'firing' && finding.at >= from)
      return { finding, healthy: healthyCheckpoint };
  }
  return undefined;
}

/**
 * Trains until the detector fires, and the fault has done its work; undefined where it does not fire.
 * @param takes steps that the fault takes
 */
export async function breakRun(trial: Trial, detector: string, takes: number): Promise<Broken | undefined> {
  const { recipe, at, steps } = trial;
  const training = await Training.start({
    engine: plainEngine,
    recipe,
    generation: 0,
    dataset: await datasetOf(recipe),
  });
  const parts: Uint32Array<ArrayBuffer>[] = [];
  let fired: Fired | undefined;
  let press = steps;
  while (training.step < press) {
    const { words, detected } = await training.advance(press - training.step, chunk);
    parts.push(words);
    if (fired) continue;
    fired = firedAmong(detected, detector, at);
    if (fired) press = Math.max(training.step, at + takes) + reaction;
  }
  if (!fired) {
    training.dispose();
    return undefined;
  }
  const series = evaluationsOf(training.layout, joinWords(parts));
  const { finding, healthy } = fired;
  const best = bestCheckpoint(series, training.checkpointSteps);
  return { training, finding, checkpoints: { healthy, best } };
}
