// The step and epoch of printed lines: as a line says itself, or as the lines above it said.
import { clockOf, type Clock } from './printedNames.ts';
import type { Pair, PrintedLine } from './printedLine.ts';

/** PyTorch's tutorials, `[2,  4000] loss: 1.9`; boosters, `[12] train-logloss:0.4`, `12: learn: 0.4`; and JAX's loggers. */
const inBrackets = /^\s*(?:\[\s*(\d{1,9})\s*(?:,\s*(\d{1,9})\s*)?\](?!\[)|(\d{1,9}):\s+[a-z])/i;
/** timm: `Train: 0 [  50/1251 (  4%)]`. */
const epochOfBatch = /^(?:train|test|val\w{0,8}):\s*(\d{1,6})\s*\[\s*\d/i;

type Moment = readonly (readonly [Clock, string])[];

function placed(line: string): Moment {
  const epoch = epochOfBatch.exec(line)?.[1];
  if (epoch !== undefined) return [['epoch', epoch]];
  const [, first, second, alone] = inBrackets.exec(line) ?? [];
  if (first !== undefined && second !== undefined)
    return [
      ['epoch', first],
      ['step', second],
    ];
  const step = first ?? alone;
  return step === undefined ? [] : [['step', step]];
}

export class PrintedClocks {
  /** Where training was, by what was printed last. */
  readonly #now = new Map<Clock, string>();
  /** A step was named, not only counted by a bar. */
  #named = false;
  /** A bar stood elsewhere than at the end of its epoch, where it would say nothing. */
  #partly = false;
  #total: string | undefined;
  #isFull = false;

  /** Whether rows are told apart by the steps that they carry. */
  get hasSteps(): boolean {
    return this.#named || this.#partly;
  }

  /** Steps that bars counted say little unless each row has one. */
  get onlyBars(): boolean {
    return !this.#named;
  }

  /**
   * Takes what a line says of its time.
   * @returns whether it begins something new, and whether its bar counts another set than that of the epoch, which is full
   */
  see(
    line: string,
    { pairs, position }: PrintedLine,
  ): { readonly isNew: boolean; readonly isOtherSet: boolean } {
    const said = new Map<Clock, string>();
    for (const [clock, cell] of [...placed(line), ...this.#clocksIn(pairs)])
      // Of two in one line the first counts: `iter 3 step 1`.
      if (!said.has(clock)) said.set(clock, cell);
    const isNew = [...said].some(([clock, cell]) => cell !== this.#now.get(clock));
    const isOtherSet =
      !isNew && said.size === 0 && position !== undefined && this.#isFull && position[1] !== this.#total;
    if (!isOtherSet) this.#keep(said, position);
    return { isNew, isOtherSet };
  }

  values(): ReadonlyMap<Clock, string> {
    return new Map(this.#now);
  }

  #clocksIn(pairs: readonly Pair[]): Moment {
    return pairs.flatMap(([name, cell]): [Clock, string][] => {
      const clock = clockOf(name);
      return clock ? [[clock, cell]] : [];
    });
  }

  /** A step within an epoch is none in the next. */
  #keep(said: ReadonlyMap<Clock, string>, position: PrintedLine['position']): void {
    const epoch = said.get('epoch');
    if (epoch !== undefined && epoch !== this.#now.get('epoch')) {
      this.#now.delete('step');
      this.#isFull = false;
    }
    for (const [clock, cell] of said) this.#now.set(clock, cell);
    if (said.has('step')) this.#named = true;
    else if (position) {
      const [at, of] = position;
      this.#now.set('step', at);
      this.#partly ||= at !== of;
      this.#total = of;
      this.#isFull = at === of;
    }
  }
}
