// Presses the remedy of a short lesson where the lesson presses it, and trains its run as far as the lesson watches it.
import { remedyEntries } from '../../src/app/state/presses.ts';
import { plainEngine } from '../../src/engine/compiled/plain.ts';
import type { RunFacts } from '../../src/lessons/lesson.ts';
import { rowFacts } from '../../src/lessons/rowFacts.ts';
import type { Wreck } from '../../src/lessons/short/broken.ts';
import { Training } from '../../src/worker/training.ts';
import { collect, datasetOf, type Replay } from '../worker/replay.ts';

export const factsOf = ({ rows, findings, training }: Replay): RunFacts =>
  rowFacts(rows, findings, training.recipe, training.generation);

/** @param broken the run, at rest where the remedy is pressed */
export async function repairedBy({ scenario, remedy, further }: Wreck, broken: Replay): Promise<Replay> {
  const { training, findings } = broken;
  const answers: readonly string[] = Object.keys(remedy.answers);
  const found = findings.findLast(({ detector }) => answers.includes(detector));
  const position = { recipe: scenario.recipe, generation: 0, step: scenario.steps };
  const checkpoints = { healthy: found?.healthyCheckpoint ?? 0 };
  const { recipe, generation, inheritance } = await training.fork(
    remedyEntries(remedy, position, checkpoints, found),
  );
  const dataset = await datasetOf(recipe);
  const fork = await Training.start({ engine: plainEngine, recipe, generation, inheritance, dataset });
  const replayed = await collect(fork, inheritance.step + further, inheritance.rows);
  return { ...replayed, findings: [...findings, ...replayed.findings] };
}
