// One common judge of all contenders: float64 *plain* evaluates the loss that any weights have on the batch of step 100. Only after
// everything has been timed: the passes of *plain* that have once seen Float64Array run half as fast on Float32Array from then on.
import { Rows } from '../../core/layout.ts';
import { compilePlain } from '../../engine/compiled/plain.ts';
import type { Program } from '../../engine/engine.ts';
import { comparedSteps, type Parameters, type Task } from './task.ts';

/** A row counts only if its loss is this close to that of float64 *plain*. */
const tolerance = 1e-3;

export interface Referee {
  readonly expected: number;
  lossOf(parameters: Parameters): Promise<number>;
  accepts(loss: number): boolean;
}

async function nextLoss(program: Program): Promise<number> {
  await program.advance(1);
  const rows = new Rows(program.layout, await program.rows());
  return rows.value(rows.count - 1, program.layout.column('loss')) ?? NaN;
}

export async function makeReferee(task: Task): Promise<Referee> {
  const program = compilePlain(task.request, Float64Array);
  await program.advance(comparedSteps);
  const expected = await nextLoss(program);
  return {
    expected,
    lossOf: async (regions) => {
      await program.restore({ step: comparedSteps, regions });
      return nextLoss(program);
    },
    accepts: (loss) => Math.abs(loss - expected) <= tolerance,
  };
}
