// What a program printed as it trained, as named columns: one row per line that names a signal.
import { counted, whole } from '../core/wording.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { readName } from './columns.ts';
import { withoutPrefix } from './linePrefix.ts';
import type { NamedRows } from './logTable.ts';
import { NamedRowGatherer } from './namedRowGatherer.ts';
import { PrintedClocks } from './printedClocks.ts';
import { readPrintedLine, type Pair } from './printedLine.ts';
import { announcedPhase, clockOf, inPhase, type Clock, type Phase } from './printedNames.ts';
import { unboxed } from './printedBoxes.ts';

interface PrintedRow {
  readonly line: number;
  readonly clocks: ReadonlyMap<Clock, string>;
  readonly values: readonly Pair[];
}

/** What TensorFlow's estimators print of an evaluation names its step like any other line. */
const evaluation = /saving dict for global step/i;

function isKnown([name]: Pair): boolean {
  return readName(name).use !== 'none';
}

class Printout {
  readonly #rows: PrintedRow[] = [];
  readonly #clocks = new PrintedClocks();
  #phase: Phase | undefined;
  #lines = 0;

  see(text: string, line: number): void {
    if (text.trim() === '') return;
    this.#lines++;
    const bare = withoutPrefix(text);
    const phase = evaluation.test(bare) ? 'held out' : this.#phase;
    const printed = readPrintedLine(bare, phase);
    if (printed.pairs.length === 0 && !printed.position) {
      this.#phase = announcedPhase(bare) ?? this.#phase;
      return;
    }
    const { isNew, isOtherSet } = this.#clocks.see(bare, printed);
    if (isNew) this.#phase = undefined;
    const values = printed.pairs.filter(([name]) => clockOf(name) === undefined);
    if (values.length === 0) return;
    const named = isOtherSet ? values.map(([name, cell]): Pair => [inPhase(name, 'held out'), cell]) : values;
    this.#rows.push({ line, clocks: this.#clocks.values(), values: named });
  }

  /** Undefined where too few lines name a number to make a log of them. */
  take(): NamedRows | string | undefined {
    const known = this.#known();
    const rows = known.length > 0 ? known : this.#regular();
    if (rows.length === 0) return undefined;
    const gathered = new NamedRowGatherer('line');
    const hasSteps = this.#hasSteps(rows);
    for (const { line, clocks, values } of rows) {
      const row = new Map<string, string>([...clocks].filter(([clock]) => clock === 'epoch' || hasSteps));
      // Of two numbers under one name the first is that of the line: `loss: 2.3 (average loss: 2.5)`.
      for (const [name, cell] of values) if (!row.has(name)) row.set(name, cell);
      gathered.add(row, line);
    }
    const problem = gathered.problem();
    if (problem) return describeTableProblem(problem);
    const note = `Read from what a program printed: ${whole(rows.length)} of ${counted(this.#lines, 'line')} ${known.length > 0 ? 'name a signal' : 'name numbers, and none by a signal’s name: choose which is the loss'}.`;
    return gathered.take([note]);
  }

  /** Names of signals that come again: once is an assignment in a program, unless it is all there is. */
  #known(): readonly PrintedRow[] {
    const rows = this.#rows.filter(({ values }) => values.some(isKnown));
    const names = rows.flatMap(({ values }) =>
      values.filter(isKnown).map(([name]) => name.replace(/^val /, '')),
    );
    return new Set(names).size < names.length || this.#lines === 1 ? rows : [];
  }

  #hasSteps(rows: readonly PrintedRow[]): boolean {
    if (!this.#clocks.hasSteps) return false;
    return !this.#clocks.onlyBars || rows.every(({ clocks }) => clocks.has('step'));
  }

  /** Where no name is known, lines that name the same numbers again and again. */
  #regular(): readonly PrintedRow[] {
    const counts = new Map<string, number>();
    for (const { values } of this.#rows)
      for (const [name] of values) counts.set(name, (counts.get(name) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    if (most < 3 || most * 2 < this.#lines) return [];
    return this.#rows.filter(({ values }) => values.some(([name]) => counts.get(name) === most));
  }
}

/** Rows of a text that a program printed, why they are too many, or undefined where it is no print-out. Never throws. */
export function readPrintout(text: string): NamedRows | string | undefined {
  const printout = new Printout();
  for (const { line, number } of unboxed(text.split(/\r\n|\n|\r/))) printout.see(line, number);
  return printout.take();
}
