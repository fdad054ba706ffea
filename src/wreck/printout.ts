// What a program printed as it trained, as named columns: one row per line that names a signal.
import { counted, whole } from '../core/wording.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { readName } from './columns.ts';
import type { NamedRows } from './logTable.ts';
import { NamedRowGatherer } from './namedRowGatherer.ts';
import { readPrintedLine, type Pair } from './printedLine.ts';

type Clock = 'step' | 'epoch';

interface PrintedRow {
  readonly line: number;
  readonly clocks: ReadonlyMap<Clock, string>;
  readonly values: readonly Pair[];
}

/** PyTorch's tutorials, `[2,  4000] loss: 1.9`, and boosters, `[12] train-logloss:0.4`. */
const inBrackets = /^\s*\[\s*(\d{1,9})\s*(?:,\s*(\d{1,9})\s*)?\]/;
/** Of colours, and of a cursor that goes back to draw a line anew. */
// eslint-disable-next-line no-control-regex -- that is what they are
const control = /\u001B\[[\d;?]{0,20}[A-Za-z]|\u0008/g;

function bracketed(text: string): readonly (readonly [Clock, string])[] {
  const [, first, second] = inBrackets.exec(text) ?? [];
  if (first === undefined) return [];
  if (second === undefined) return [['step', first]];
  return [
    ['epoch', first],
    ['step', second],
  ];
}

function clockOf(name: string): Clock | undefined {
  const { use } = readName(name);
  return use === 'step' || use === 'epoch' ? use : undefined;
}

class Printout {
  readonly #rows: PrintedRow[] = [];
  /** Where training was, by what was printed last. */
  readonly #clocks = new Map<Clock, string>();
  #lines = 0;
  /** Any step but the last one of an epoch, which would say nothing. */
  #hasSteps = false;

  see(text: string, line: number): void {
    const bare = text.replaceAll(control, '');
    if (bare.trim() === '') return;
    this.#lines++;
    const { pairs, position } = readPrintedLine(bare);
    const clocks = bracketed(bare).concat(
      pairs.flatMap(([name, cell]): [Clock, string][] => {
        const clock = clockOf(name);
        return clock ? [[clock, cell]] : [];
      }),
    );
    this.#keepTime(new Map(clocks), position);
    const values = pairs.filter(([name]) => clockOf(name) === undefined);
    if (!values.some(([name]) => readName(name).use !== 'none')) return;
    this.#rows.push({ line, clocks: new Map(this.#clocks), values });
  }

  /** Undefined where no line names a signal. */
  take(): NamedRows | string | undefined {
    if (this.#rows.length === 0) return undefined;
    const gathered = new NamedRowGatherer('line');
    for (const { line, clocks, values } of this.#rows) {
      const row = new Map<string, string>(
        [...clocks].filter(([clock]) => clock === 'epoch' || this.#hasSteps),
      );
      // Of two numbers under one name the first is that of the line: `loss: 2.3 (average loss: 2.5)`.
      for (const [name, cell] of values) if (!row.has(name)) row.set(name, cell);
      gathered.add(row, line);
    }
    const problem = gathered.problem();
    if (problem) return describeTableProblem(problem);
    const note = `Read from what a program printed: ${whole(this.#rows.length)} of ${counted(this.#lines, 'line')} name a signal.`;
    return gathered.take([note]);
  }

  /** A step within an epoch is none in the next. */
  #keepTime(named: ReadonlyMap<Clock, string>, position: readonly [string, string] | undefined): void {
    const epoch = named.get('epoch');
    if (epoch !== undefined && epoch !== this.#clocks.get('epoch')) this.#clocks.delete('step');
    for (const [clock, cell] of named) this.#clocks.set(clock, cell);
    if (named.has('step')) this.#hasSteps = true;
    else if (position) {
      this.#clocks.set('step', position[0]);
      this.#hasSteps ||= position[0] !== position[1];
    }
  }
}

/** Rows of a text that a program printed, why they are too many, or undefined where no line names a signal. Never throws. */
export function readPrintout(text: string): NamedRows | string | undefined {
  const printout = new Printout();
  text.split(/\r\n|\n|\r/).forEach((line, index) => printout.see(line, index + 1));
  return printout.take();
}
