// Sine and cosine from additions and products alone: the platform's own may differ in the last bit; data and schedules must not.

const terms = 13;

function series(angle: number, first: number, from: number): number {
  let term = first;
  let sum = first;
  for (let k = 0; k < terms; k++) {
    term *= -(angle * angle) / ((from + 2 * k) * (from + 2 * k + 1));
    sum += term;
  }
  return sum;
}

/** Taylor series after reduction to [−π, π]; within 1e-12 for |angle| up to 1,000 radians. */
export function sine(angle: number): number {
  const reduced = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return series(reduced, reduced, 2);
}

export function cosine(angle: number): number {
  const reduced = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return series(reduced, 1, 1);
}
