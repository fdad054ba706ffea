// How many broken runs each remedy repaired, beside doing nothing and a random remedy.
import type { Pressed } from './remedyTrial.ts';

export interface RemedyLine {
  readonly runs: number;
  readonly recovered: number;
  readonly recoveredByNothing: number;
  readonly recoveredByRandom: number;
}

type Lines = Map<string, RemedyLine>;

function count(lines: Lines, id: string, pressed: Pressed): void {
  const { runs = 0, recovered = 0, recoveredByNothing = 0, recoveredByRandom = 0 } = lines.get(id) ?? {};
  lines.set(id, {
    runs: runs + 1,
    recovered: recovered + Number(pressed.recovered),
    recoveredByNothing: recoveredByNothing + Number(pressed.recoveredByNothing),
    recoveredByRandom: recoveredByRandom + Number(pressed.recoveredByRandom),
  });
}

function sorted(lines: Lines): Readonly<Record<string, RemedyLine>> {
  return Object.fromEntries([...lines].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export class RemedyTally {
  readonly #byRemedy: Lines = new Map();
  readonly #first: Lines = new Map();
  /** Broken runs on which no remedy was pressed: the detector did not fire. */
  unanswered = 0;

  add(detector: string, pressed: readonly Pressed[]): void {
    if (pressed.length === 0) this.unanswered++;
    for (const one of pressed) {
      count(this.#byRemedy, one.remedy, one);
      if (one.isFirst) count(this.#first, detector, one);
    }
  }

  get byRemedy(): Readonly<Record<string, RemedyLine>> {
    return sorted(this.#byRemedy);
  }

  /** The first remedy of each detector's card. */
  get firstByDetector(): Readonly<Record<string, RemedyLine>> {
    return sorted(this.#first);
  }
}
