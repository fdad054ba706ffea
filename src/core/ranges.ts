// Numbers within bounds, for schemas: an error states both bounds.
import * as v from 'valibot';

export function real(low: number, high: number) {
  const range = `must be a number from ${low} to ${high}`;
  return v.pipe(v.number(range), v.finite(range), v.minValue(low, range), v.maxValue(high, range));
}

export function whole(low: number, high: number) {
  const range = `must be a whole number from ${low} to ${high}`;
  return v.pipe(v.number(range), v.integer(range), v.minValue(low, range), v.maxValue(high, range));
}
