// What a detector can still find when signals are not emitted, by what it declares to read.
import type { SignalId } from '../signals/index.ts';

/** A detector as far as it reads signals. */
export interface Reader {
  readonly id: string;
  readonly title: string;
  readonly signals: readonly SignalId[];
  readonly ways?: readonly (readonly SignalId[])[];
}

/** Each set of signals by which it can fire. */
export function waysOf({ signals, ways = [signals] }: Reader): readonly (readonly SignalId[])[] {
  return ways;
}

function isBarred(way: readonly SignalId[], absent: readonly string[]): boolean {
  return way.some((signal) => absent.includes(signal));
}

/** Every way to fire is barred: it says nothing, whatever happens. */
export function isBlind(reader: Reader, absent: readonly string[]): boolean {
  return waysOf(reader).every((way) => isBarred(way, absent));
}

/** It can still fire, but not by all that it knows. */
function seesLess(reader: Reader, absent: readonly string[]): boolean {
  return !isBlind(reader, absent) && waysOf(reader).some((way) => isBarred(way, absent));
}

export interface Blindness {
  readonly blind: readonly Reader[];
  readonly less: readonly Reader[];
}

/** The detectors that are blind without these signals, and those that see less. */
export function blindnessOf(readers: readonly Reader[], absent: readonly string[]): Blindness {
  return {
    blind: readers.filter((reader) => isBlind(reader, absent)),
    less: readers.filter((reader) => seesLess(reader, absent)),
  };
}
