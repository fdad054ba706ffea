// From cells and a plan to a table of numbers and codes, or everything that is wrong with it.
import { counted } from '../../core/wording.ts';
import type { Cells } from './cells.ts';
import type { TableProblem } from './problem.ts';
import { classesOf } from './classes.ts';
import { doubtNote, finiteIn, notationOf, type Notation } from './notation.ts';
import { isMissing, nonfiniteOf } from './numbers.ts';
import { inputNames, type OwnColumn, type OwnTable } from './ownTable.ts';
import { spellPlan, type OwnPlan } from './plan.ts';
import { columnNames } from './survey.ts';
import { rangeOf, type Ranged } from './targetRange.ts';

/** What a table may be at most, once it is numbers. */
const encodedLimits = { inputs: 128, categories: 50 } as const;
/** Enough to train on, validate and ship. */
const fewestRows = 10;
const mostProblems = 6;
const missingCategory = '(missing)';

export interface Encoded {
  readonly table: OwnTable | undefined;
  readonly problems: readonly TableProblem[];
  /** What was done that a person should know, in sentences. */
  readonly notes: readonly string[];
}

/** What a cell is for a column of numbers: text where it is none. */
function numberIn(cell: string, notation: Notation): number | 'text' {
  if (isMissing(cell) || nonfiniteOf(cell) !== undefined) return NaN;
  return finiteIn(cell, notation) ?? 'text';
}

/** A category's name; empty = missing. */
function categoryIn(cell: string): string {
  return isMissing(cell) || nonfiniteOf(cell) !== undefined ? '' : cell.trim();
}

interface Read {
  readonly name: string;
  readonly values: Float64Array<ArrayBuffer> | readonly string[];
}

/** What the rows are to be told apart by. */
type Learned = Pick<OwnTable, 'range' | 'labels'> & Pick<Ranged, 'names'>;

class Encoder {
  readonly problems: TableProblem[] = [];
  readonly notes: string[];
  readonly #cells: Cells;
  readonly #plan: OwnPlan;
  readonly #names: readonly string[];
  readonly #first: number;
  #problemCount = 0;

  constructor(cells: Cells, plan: OwnPlan) {
    this.#cells = cells;
    this.#plan = plan;
    this.#names = columnNames(cells, plan.header);
    this.#first = plan.header ? 1 : 0;
    this.notes = [...cells.notes];
  }

  encode(title: string): OwnTable | undefined {
    const { roles } = this.#plan;
    const target = roles.indexOf('t');
    if (!this.#hasShape(target)) return undefined;
    const inputs = roles.flatMap((role, column) =>
      role === 'n' ? [this.#numbers(column)] : role === 'c' ? [this.#categories(column)] : [],
    );
    const { bins, regression } = this.#plan;
    const labels = bins > 0 || regression ? this.#numbers(target) : this.#categories(target);
    this.#tellRest();
    if (this.problems.length > 0) return undefined;
    const kept = this.#keptRows(inputs, labels);
    if (kept.length < fewestRows) this.#tellFew(kept.length);
    if (kept.length === 0) return undefined;
    const learned = this.#learned(labels, kept);
    const columns = inputs.map((input) => this.#column(input, kept));
    const names = inputNames(columns);
    this.#checkSize(columns, names.length);
    if (this.problems.length > 0) return undefined;
    const plan = spellPlan({ ...this.#plan, rows: kept.length, inputs: names.length });
    const rows = kept.length;
    return {
      plan,
      title,
      rows,
      columns,
      inputs: names,
      target: labels.name,
      range: learned.range,
      classes: learned.names,
      labels: learned.labels,
    };
  }

  #hasShape(target: number): boolean {
    const { roles } = this.#plan;
    const width = this.#names.length;
    if (this.#cells.problem) this.#tell(this.#cells.problem);
    else if (width < 2) this.#tell({ reason: this.#oneColumn() });
    else if (this.#cells.rows.length <= this.#first)
      this.#tell({ reason: 'It has no rows below the header. Add rows, a row per example.' });
    else if (roles.length !== width)
      this.#tell({
        reason: `It has ${counted(width, 'column')}, and ${roles.length} were chosen. Choose again.`,
      });
    else if (target < 0) this.#tell({ reason: 'No target is chosen. Make one column the target.' });
    else if (!roles.some((role) => role === 'n' || role === 'c'))
      this.#tell({ reason: 'No input is chosen. Make at least one column an input.' });
    return this.problems.length === 0;
  }

  #oneColumn(): string {
    const isSpaced = this.#cells.rows.every(([cell = '']) => /\S\s+\S/.test(cell));
    return isSpaced
      ? 'It has one column only: its cells are separated by spaces, it seems. Put commas or tabs between them.'
      : 'It has one column only. Is another character between the cells? Training needs inputs and a target.';
  }

  #tell(problem: TableProblem): void {
    this.#problemCount++;
    if (this.problems.length < mostProblems) this.problems.push(problem);
  }

  #tellRest(): void {
    const more = this.#problemCount - this.problems.length;
    if (more > 0) this.problems.push({ reason: `And ${counted(more, 'more cell')} like these.` });
  }

  #numbers(column: number): Read {
    const { rows, lines } = this.#cells;
    const { decimalComma, textIsMissing } = this.#plan;
    const values = new Float64Array(rows.length - this.#first);
    const name = this.#names[column] ?? '';
    const notation = notationOf(rows, column, this.#first, decimalComma);
    let nonfinite = 0;
    for (let k = 0; k < values.length; k++) {
      const cell = rows[k + this.#first]?.[column] ?? '';
      const value = numberIn(cell, notation);
      if (value === 'text' && !textIsMissing)
        this.#tell({
          line: lines[k + this.#first] ?? 0,
          column: name,
          value: cell.trim(),
          reason:
            'is not a number. Correct the cell, let text count as missing, or make the column a category.',
        });
      values[k] = value === 'text' ? NaN : value;
      if (nonfiniteOf(cell) !== undefined) nonfinite++;
    }
    if (nonfinite > 0)
      this.notes.push(`${name}: ${counted(nonfinite, 'cell')} with NaN or infinity, taken as missing.`);
    const doubt = doubtNote(name, notation);
    if (doubt !== undefined) this.notes.push(doubt);
    return { name, values };
  }

  #categories(column: number): Read {
    const name = this.#names[column] ?? '';
    const values = this.#cells.rows.slice(this.#first).map((row) => categoryIn(row[column] ?? ''));
    return { name, values };
  }

  /** Rows that become examples: a row without its target teaches nothing. */
  #keptRows(inputs: readonly Read[], target: Read): readonly number[] {
    const isAbsent = ({ values }: Read, row: number) => {
      const value = values[row];
      return value === '' || (typeof value === 'number' && Number.isNaN(value));
    };
    const count = this.#cells.rows.length - this.#first;
    const needed = this.#plan.missing === 'leave-out' ? [target, ...inputs] : [target];
    const kept: number[] = [];
    for (let row = 0; row < count; row++) if (!needed.some((read) => isAbsent(read, row))) kept.push(row);
    if (kept.length < count)
      this.notes.push(`${counted(count - kept.length, 'row')} left out: a value is missing in them.`);
    return kept;
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

  #column({ name, values }: Read, kept: readonly number[]): OwnColumn {
    const { missing } = this.#plan;
    if (values instanceof Float64Array) {
      const chosen = Float64Array.from(kept, (row) => values[row] ?? NaN);
      return {
        kind: 'number',
        name,
        values: chosen,
        marksMissing: missing === 'category' && chosen.some(Number.isNaN),
      };
    }
    const counts = new Map<string, number>();
    for (const row of kept) {
      const value = values[row] ?? '';
      if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const frequent = [...counts].reduce<readonly [string, number]>(
      (most, one) => (one[1] > most[1] ? one : most),
      ['', 0],
    )[0];
    const instead = missing === 'category' ? missingCategory : frequent;
    const hasMissing = missing === 'category' && kept.some((row) => values[row] === '');
    const categories = [...[...counts.keys()].sort(), ...(hasMissing ? [missingCategory] : [])];
    const places = new Map(categories.map((category, place) => [category, place]));
    const codes = Uint8Array.from(kept, (row) => places.get(values[row] || instead) ?? 0);
    return { kind: 'category', name, categories, codes };
  }

  #checkSize(columns: readonly OwnColumn[], inputs: number): void {
    for (const column of columns) {
      const isEmpty =
        column.kind === 'category' ? column.categories.length === 0 : column.values.every(Number.isNaN);
      if (isEmpty)
        this.#tell({ column: column.name, reason: 'it has no value in any usable row. Leave it out.' });
      if (column.kind === 'category' && column.categories.length > encodedLimits.categories)
        this.#tell({
          column: column.name,
          reason: `it has ${column.categories.length} categories; at most ${encodedLimits.categories}. Leave it out.`,
        });
    }
    if (inputs > encodedLimits.inputs)
      this.#tell({
        reason: `It makes ${counted(inputs, 'input')}, each category one of its own; at most ${encodedLimits.inputs}. Leave columns out.`,
      });
  }

  #tellFew(rows: number): void {
    this.#tell({
      reason: `${counted(rows, 'usable row')}; training needs at least ${fewestRows}. Add rows, or treat missing values another way.`,
    });
  }
}

/** Never throws. */
export function encode(cells: Cells, plan: OwnPlan, title: string): Encoded {
  const encoder = new Encoder(cells, plan);
  const table = encoder.encode(title);
  return { table, problems: encoder.problems, notes: encoder.notes };
}
