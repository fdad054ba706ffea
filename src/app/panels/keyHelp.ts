// The list of keys, as a person reads it.
import { faults } from '../../faults/index.ts';

export const keyHelp: readonly (readonly [key: string, does: string])[] = [
  ['Space', 'pause or play'],
  ['S', 'one step'],
  ['R', 'reset: the same recipe from step 0'],
  ...faults.map(({ title }, index) => [String(index + 1), title] as const),
  ['Z', 'undo the last press'],
  ['?', 'this list'],
  ['← →', 'look back and forth along the track, a step at a time'],
  ['Home End', 'on the track or a chart: its first and its last step'],
  ['Enter', 'on the track: a new run from the checkpoint at or before the step looked at'],
  ['Esc', 'close what is open; back to the newest step'],
];
