// Would it have held? How a run with the remedy in it took the same fault.
import type { Alert } from './alerts.ts';

/** Steps after the fault for which the replay is watched. */
export const watchedSteps = 300;
const harmless = 0.05;

export interface HeldRun {
  readonly faultAt: number;
  readonly lastStep: number;
  /** Right on validation before the fault, at its lowest after it, and now. */
  readonly before: number | undefined;
  readonly lowest: number | undefined;
  readonly now: number | undefined;
  /** Alerts raised since the fault. */
  readonly alerts: readonly Alert[];
  /** Detector of the alert that the remedy answers. */
  readonly detector: string | undefined;
}

export interface Held {
  readonly verdict: 'watching' | 'held' | 'dipped' | 'failed';
  readonly run: HeldRun;
  /** The same alert, if it came again; otherwise another one, if there was any. */
  readonly alert: Alert | undefined;
}

function verdictOf({ faultAt, lastStep, before, lowest, now }: HeldRun, again: boolean): Held['verdict'] {
  const isNear = (value: number | undefined) => (value ?? NaN) >= (before ?? 0) - harmless;
  if (again) return 'failed';
  if (lastStep < faultAt + watchedSteps) return 'watching';
  if (isNear(lowest)) return 'held';
  return isNear(now) ? 'dipped' : 'failed';
}

export function heldOf(run: HeldRun): Held {
  const fired = run.alerts.filter(({ finding }) => finding.severity === 'firing');
  const again = fired.find(({ finding }) => finding.detector === run.detector);
  return { verdict: verdictOf(run, again !== undefined), run, alert: again ?? fired[0] };
}
