// What was called on each day, kept on this machine; where nothing can be kept, nothing is.
import { dayBefore, dayNumber } from '../../lessons/call/day.ts';

const key = 'trainwreck.calls';

/** By day: whether it was named rightly. */
type Calls = Readonly<Record<string, boolean>>;

/** Whatever stands there: nothing that it holds can do harm. */
export function readCalls(): Calls {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const entries: readonly [string, unknown][] = Object.entries(stored);
    return Object.fromEntries(
      entries.flatMap(([day, right]) =>
        dayNumber(day) !== undefined && typeof right === 'boolean' ? [[day, right] as const] : [],
      ),
    );
  } catch {
    // Not allowed, or damaged: as if no day had been called.
    return {};
  }
}

/** The first answer of a day counts. */
export function keepCall(day: string, right: boolean): void {
  const kept = readCalls();
  if (day in kept) return;
  try {
    localStorage.setItem(key, JSON.stringify({ ...kept, [day]: right }));
  } catch {
    // Full, or not allowed: it was called all the same.
  }
}

/** Days in a row up to this one that were named rightly. */
export function streakOf(calls: Calls, day: string): number {
  let streak = 0;
  for (let at = day; calls[at] === true; at = dayBefore(at)) streak++;
  return streak;
}
