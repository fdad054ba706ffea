// The table that a person is bringing: read once, looked at and encoded as often as they correct it.
import { decodeText, readCells, type Cells } from './cells.ts';
import { describeTableProblem, sizeProblem } from './problem.ts';
import { encode } from './encode.ts';
import type { FromTable, ToTable } from './messages.ts';
import { otherFormat } from './otherFormats.ts';
import { surveyOf, type Reading } from './survey.ts';

type Tell = (message: FromTable, transfer?: readonly Transferable[]) => void;

/** Undefined where it is not there to be read. */
async function opens(source: Blob | string): Promise<ReturnType<typeof decodeText> | undefined> {
  if (typeof source === 'string') return { text: source, notes: [] };
  try {
    return decodeText(new Uint8Array(await source.arrayBuffer()));
  } catch {
    return undefined;
  }
}

export class TableDesk {
  readonly #tell: Tell;
  #cells: Cells | undefined;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  async receive(message: ToTable): Promise<void> {
    if (message.kind === 'read') await this.#read(message);
    else if (message.kind === 'survey') this.#survey(message.reading);
    else this.#encode(message);
  }

  async #read({ source, delimiter, reading }: Extract<ToTable, { kind: 'read' }>): Promise<void> {
    const problem = sizeProblem(typeof source === 'string' ? source.length : source.size);
    if (problem) {
      this.#tell({ kind: 'unreadable', text: describeTableProblem(problem) });
      return;
    }
    const opened = await opens(source);
    if (!opened) {
      this.#tell({
        kind: 'unreadable',
        text: 'It could not be opened: it was moved or changed, or is a folder. Choose it again.',
      });
      return;
    }
    const { text, notes } = opened;
    const other = otherFormat(text);
    if (other) {
      this.#tell({ kind: 'unreadable', text: describeTableProblem(other) });
      return;
    }
    const cells = readCells(text, {
      delimiter,
      progress: (done, of) => this.#tell({ kind: 'progress', done: Math.round((100 * done) / of) }),
    });
    if (cells.kind === 'unreadable') {
      this.#tell({ kind: 'unreadable', text: describeTableProblem(cells.problem) });
      return;
    }
    this.#cells = { ...cells, notes: [...notes, ...cells.notes] };
    this.#survey(reading);
  }

  #survey(reading: Reading): void {
    if (this.#cells) this.#tell({ kind: 'surveyed', survey: surveyOf(this.#cells, reading) });
  }

  #encode({ plan, title }: Extract<ToTable, { kind: 'encode' }>): void {
    if (!this.#cells) return;
    const { table, problems, notes } = encode(this.#cells, plan, title);
    const columns = table?.columns.map((column) =>
      column.kind === 'number' ? column.values.buffer : column.codes.buffer,
    );
    this.#tell(
      { kind: 'encoded', table, problems: problems.map(describeTableProblem), notes },
      table ? [...(columns ?? []), table.labels.buffer] : [],
    );
  }
}
