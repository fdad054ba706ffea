// Every fault, in the order of its buttons.
import type { Fault } from './fault.ts';
import { killRelus } from './killRelus.ts';
import { raiseRate } from './raiseRate.ts';
import { starve } from './starve.ts';

export const faults = [raiseRate, killRelus, starve] as const satisfies readonly Fault[];

export type FaultId = (typeof faults)[number]['id'];

/** The fault that a timeline entry names, if it is one. */
export function faultOf(id: string): Fault | undefined {
  return faults.find((fault) => fault.id === id);
}
