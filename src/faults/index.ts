// Every fault, in the order of its buttons.
import { badBatch } from './badBatch.ts';
import { driftInputs } from './driftInputs.ts';
import type { Fault } from './fault.ts';
import { hideSignals } from './hideSignals.ts';
import { instrumentEverything } from './instrumentEverything.ts';
import { killRelus } from './killRelus.ts';
import { raiseRate } from './raiseRate.ts';
import { starve } from './starve.ts';

export const faults = [
  raiseRate,
  killRelus,
  starve,
  driftInputs,
  instrumentEverything,
  badBatch,
  hideSignals,
] as const satisfies readonly Fault[];

export type FaultId = (typeof faults)[number]['id'];

/** The fault that a timeline entry names, if it is one. */
export function faultOf(id: string): Fault | undefined {
  return faults.find((fault) => fault.id === id);
}
