// A condition that is raised once when it begins to hold, and resolved once when it is clearly over.
import { none, type DetectorEvent, type Evidence, type Finding } from './detector.ts';

interface Verdict {
  /** The condition holds. */
  readonly holds: boolean;
  /** It is over; between the two nothing changes, so that a value at the limit does not flap. */
  readonly isOver: boolean;
}

export interface Raise {
  /** First step at which something was wrong, as far as it can be told. */
  readonly onset: number;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

export type Latch = (at: number, verdict: Verdict, raise: () => Raise) => readonly DetectorEvent[];

/** For a verdict that cannot hold. */
export function unseen(): Raise {
  throw new Error('latch: a verdict that does not hold raises nothing');
}

/** Of one detector, for the whole run (layer 0) or for one layer. */
export function makeLatch(detector: string, layer = 0): Latch {
  let raised = false;
  return (at, { holds, isOver }, raise) => {
    if (!raised && holds) {
      raised = true;
      const { onset, evidence } = raise();
      const finding: Finding = {
        detector,
        layer,
        severity: 'firing',
        onset: Math.min(at, Math.max(0, onset)),
        at,
        evidence,
      };
      return [{ kind: 'raised', finding }];
    }
    if (raised && isOver && !holds) {
      raised = false;
      return [{ kind: 'resolved', detector, layer, at }];
    }
    return none;
  };
}
