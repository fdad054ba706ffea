// After a finished story: the fault to go on with.
import type { Fault } from '../../faults/fault.ts';
import { faults } from '../../faults/index.ts';
import { causeFaults, type Position } from './chapter.ts';

/**
 * The one after the fault that the run was repaired of; the first after the last.
 * @param hidden names of controls that a link leaves out
 */
export function nextFault(position: Position, hidden: readonly string[] = []): Fault | undefined {
  if (hidden.includes('faults')) return undefined;
  const last = causeFaults(position).at(-1)?.by;
  const index = faults.findIndex(({ id }) => id === last);
  return [...faults.slice(index + 1), ...faults.slice(0, index + 1)].find(({ id }) => !hidden.includes(id));
}
