// From cells and a plan to a table of numbers and codes, or everything that is wrong with it.
import { counted } from '../../core/wording.ts';
import type { Cells } from './cells.ts';
import { classesOf } from './classes.ts';
import { fewNotes } from './fewNotes.ts';
import { guessHeader } from './header.ts';
import { keptRows, type Kept } from './keptRows.ts';
import { noTable } from './noTable.ts';
import { ownColumn, sizeProblems } from './ownColumns.ts';
import { inputNames, type OwnTable } from './ownTable.ts';
import { spellPlan, type OwnPlan } from './plan.ts';
import type { TableProblem } from './problem.ts';
import { readCategories, readNumbers, textNote, type Read, type Source } from './readColumn.ts';
import { columnNames } from './survey.ts';
import { farOutNotes, rangeOf, type Ranged } from './targetRange.ts';

/** Enough to train on, validate and ship. */
const fewestRows = 10;
const mostProblems = 6;
/** Rows among which a header may stand that was not recognised. */
const nearTop = 20;

export interface Encoded {
  readonly table: OwnTable | undefined;
  readonly problems: readonly TableProblem[];
  /** What was done that a person should know, in sentences. */
  readonly notes: readonly string[];
}

/** What the rows are to be told apart by. */
type Learned = Pick<OwnTable, 'range' | 'labels'> & Pick<Ranged, 'names'>;

class Encoder {
  problems: TableProblem[] = [];
  readonly notes: string[];
  readonly #cells: Cells;
  readonly #plan: OwnPlan;
  readonly #source: Source;
  readonly #marks: string[] = [];
  #problemCount = 0;
  readonly #linesTold = new Set<number>();

  constructor(cells: Cells, plan: OwnPlan) {
    this.#cells = cells;
    this.#plan = plan;
    this.notes = [...cells.notes];
    this.#source = {
      cells,
      plan,
      names: columnNames(cells, plan.header),
      first: plan.header ? 1 : 0,
      tell: (problem) => this.#tell(problem),
      note: (text) => {
        if (text !== undefined) this.notes.push(text);
      },
      noteMark: (text) => {
        if (text !== undefined) this.#marks.push(text);
      },
    };
  }

  encode(title: string): OwnTable | undefined {
    const none = noTable(this.#cells, this.#plan);
    if (none) {
      this.#tell(none);
      return undefined;
    }
    this.#noteHeader();
    const { inputs, target } = this.#read();
    this.notes.push(...fewNotes(this.#marks));
    this.#tellRest();
    if (this.problems.length > 0) return undefined;
    const { missing } = this.#plan;
    const kept = keptRows(inputs, target, this.#cells.rows.length - this.#source.first, missing);
    this.notes.push(...kept.notes, ...farOutNotes(inputs, kept.rows));
    if (kept.rows.length < fewestRows) this.#tellFew(kept);
    if (kept.rows.length === 0) return undefined;
    return this.#table(title, inputs, target, kept.rows);
  }

  #read(): { readonly inputs: readonly Read[]; readonly target: Read } {
    const { roles, bins, regression } = this.#plan;
    const source = this.#source;
    const inputs = roles.flatMap((role, column) => {
      if (role === 'x' || role === 'c') source.note(textNote(source, column));
      if (role === 'n') return [readNumbers(source, column)];
      return role === 'c' ? [readCategories(source, column)] : [];
    });
    const target = roles.indexOf('t');
    const read = bins > 0 || regression ? readNumbers : readCategories;
    return { inputs, target: read(source, target) };
  }

  #table(
    title: string,
    inputs: readonly Read[],
    target: Read,
    kept: readonly number[],
  ): OwnTable | undefined {
    const learned = this.#learned(target, kept);
    const columns = inputs.map((input) => ownColumn(input, kept, this.#plan.missing));
    const names = inputNames(columns);
    for (const problem of sizeProblems(columns, names.length)) this.#tell(problem);
    if (this.problems.length > 0) return undefined;
    const rows = kept.length;
    return {
      plan: spellPlan({ ...this.#plan, rows, inputs: names.length }),
      title,
      rows,
      columns,
      inputs: names,
      target: target.name,
      range: learned.range,
      classes: learned.names,
      labels: learned.labels,
    };
  }

  /** Said where nobody has said it: a person who unticks a header knows. */
  #noteHeader(): void {
    const { header, decimalComma } = this.#plan;
    if (!header && !guessHeader(this.#cells, decimalComma))
      this.notes.push('The first row is read as data. Tick “The first row names the columns” where it does.');
  }

  #tell(problem: TableProblem): void {
    this.#problemCount++;
    this.#linesTold.add(problem.line ?? 0);
    if (this.problems.length < mostProblems) this.problems.push(problem);
  }

  #tellRest(): void {
    const [line = 0, ...others] = this.#linesTold;
    const isNearTop = this.#cells.lines.indexOf(line) < nearTop;
    if (this.#problemCount > 1 && line > 0 && others.length === 0 && isNearTop) {
      const more = counted(this.#problemCount - 1, 'more cell');
      const reason = `is not a number, and neither ${this.#problemCount > 2 ? 'are' : 'is'} ${more} of this line alone. It may be the header, or units: leave out the lines above it, or the line itself.`;
      this.problems = this.problems.slice(0, 1).map(({ value = '' }) => ({ line, value, reason }));
      return;
    }
    const more = this.#problemCount - this.problems.length;
    if (more > 0) this.problems.push({ reason: `And ${counted(more, 'more cell')} like these.` });
  }

  #learned({ name, values }: Read, kept: readonly number[]): Learned {
    const { bins, regression } = this.#plan;
    const target = kept.map((row) => values[row] ?? '');
    const found = regression ? undefined : classesOf(target, bins);
    if (typeof found === 'object') return { range: null, ...found };
    const ranged = found ?? rangeOf(name, target.map(Number));
    if (typeof ranged === 'object') {
      this.notes.push(...ranged.notes);
      return ranged;
    }
    this.#tell({ column: name, reason: ranged });
    return { range: null, names: [], labels: new Uint8Array() };
  }

  #tellFew({ rows, where }: Kept): void {
    const missing = where === '' ? '' : ` A value is missing in ${where}.`;
    this.#tell({
      reason: `${counted(rows.length, 'usable row')}; training needs at least ${fewestRows}.${missing} Add rows, or treat missing values another way.`,
    });
  }
}

/** Never throws. */
export function encode(cells: Cells, plan: OwnPlan, title: string): Encoded {
  const encoder = new Encoder(cells, plan);
  const table = encoder.encode(title);
  return { table, problems: encoder.problems, notes: encoder.notes };
}
