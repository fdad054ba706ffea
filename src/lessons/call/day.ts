// Days by which a run is drawn: ISO dates in UTC, so that it is the same day everywhere.

const milliseconds = 86_400_000;

export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Days since 1970-01-01, or undefined where the text is no day: “2026-02-30” is none. */
export function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === text ? time.getTime() / milliseconds : undefined;
}

export function dayBefore(day: string): string {
  return dayOf(new Date(((dayNumber(day) ?? 0) - 1) * milliseconds));
}
