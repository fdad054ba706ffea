// After a finished story: the fault to go on with.
import type { Fault } from '../../faults/fault.ts';
import { faults } from '../../faults/index.ts';
import { causeFaults, type Position } from './chapter.ts';

/** The one after the fault that the run was repaired of; the first after the last. */
export function nextFault(position: Position): Fault | undefined {
  const last = causeFaults(position).at(-1)?.by;
  const index = faults.findIndex(({ id }) => id === last);
  return faults[(index + 1) % faults.length];
}
