// Draws of one day: the same on every machine, each by a name of its own place in the order of drawing.
import { streams, uniform } from '../../core/random.ts';

export interface Draw {
  /** Uniform from `low` to `high`, in steps of `grid`. */
  readonly between: (low: number, high: number, grid: number) => number;
  readonly oneOf: <T>(choices: readonly [T, ...T[]]) => T;
}

/** @param day its number */
export function drawOf(day: number): Draw {
  let drawn = 0;
  const next = () => uniform(day, streams.teaching, ++drawn);
  return {
    between: (low, high, grid) => {
      const places = Math.round((high - low) / grid) + 1;
      return Number((low + grid * Math.floor(next() * places)).toPrecision(6));
    },
    oneOf: <T>(choices: readonly [T, ...T[]]) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  };
}
