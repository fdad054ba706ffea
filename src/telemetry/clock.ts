// Time as telemetry tells it: milliseconds since the epoch, with their fractions; a script may stand in for the clock.
import type { HrTime } from '@opentelemetry/api';

export type Clock = () => number;

/** Beyond it the two clocks have parted, as after a sleep of the machine. */
const mostDrift = 1000;

/** The wall clock with fractions: `Date` counts whole milliseconds, and the monotonic clock may stand still while a machine sleeps. */
export function wallClock(): Clock {
  let offset = Date.now() - performance.now();
  return () => {
    const drift = Date.now() - performance.now() - offset;
    if (Math.abs(drift) > mostDrift) offset += drift;
    return offset + performance.now();
  };
}

/** The one form that the SDK takes as it is: of a plain number it has to guess from where it counts. */
export function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.min(999_999_999, Math.round((milliseconds - seconds * 1000) * 1e6))];
}
