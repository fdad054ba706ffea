// The log that a person brought: read once, judged as often as they correct a column or move a threshold.
import { decodeText } from '../data/csv/cells.ts';
import { unused } from './columns.ts';
import { guessUses, type Guess } from './guesses.ts';
import type { LogTable } from './logTable.ts';
import type { FromWreck, LogColumns, LogSource, ToWreck } from './messages.ts';
import { inFile } from './report.ts';
import { wreckRows } from './rows.ts';
import { readLog } from './source.ts';
import { looksLike, watchWreck } from './watch.ts';

type Tell = (message: FromWreck) => void;

/** The columns of a source, or why there are none, in words. */
async function tableOf({ name, text }: LogSource): Promise<LogTable | string> {
  if (typeof text === 'string') return readLog(text, name);
  let bytes: ArrayBuffer;
  try {
    bytes = await text.arrayBuffer();
  } catch {
    return 'It could not be opened: it was moved or changed, or is a folder.';
  }
  const decoded = decodeText(new Uint8Array(bytes));
  const table = readLog(decoded.text, name);
  return typeof table === 'string' ? table : { ...table, notes: [...decoded.notes, ...table.notes] };
}

function firstFilled({ rows }: LogTable, column: number): string {
  return rows.find((row) => (row[column] ?? '') !== '')?.[column] ?? '';
}

function describeColumns(table: LogTable, guess: Guess, place: string): LogColumns {
  return {
    name: table.file,
    rows: table.rows.length,
    columns: table.names.map((name, index) => ({
      name,
      use: guess.uses[index] ?? unused,
      example: firstFilled(table, index).slice(0, 24),
    })),
    notes: [...table.notes, ...guess.notes].map((note) => place + note),
  };
}

export class WreckDesk {
  readonly #tell: Tell;
  #tables: readonly LogTable[] = [];

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  async receive(message: ToWreck): Promise<void> {
    if (message.kind === 'read') await this.#read(message);
    else this.#watch(message);
  }

  async #read({ sources }: Extract<ToWreck, { kind: 'read' }>): Promise<void> {
    const tables: LogTable[] = [];
    for (const source of sources) {
      const table = await tableOf(source);
      if (typeof table === 'string') {
        this.#tell({ kind: 'unreadable', text: inFile(source.name, sources.length) + table });
        return;
      }
      tables.push(table);
    }
    const guesses = guessUses(tables);
    const told = tables.map((table, index) =>
      describeColumns(table, guesses[index] ?? { uses: [], notes: [] }, inFile(table.file, tables.length)),
    );
    this.#tables = tables;
    this.#tell({ kind: 'read', sources: told });
  }

  #watch({ uses, thresholds }: Extract<ToWreck, { kind: 'watch' }>): void {
    const wreck = wreckRows(this.#tables, uses);
    const watched = watchWreck(wreck, thresholds);
    const { hiddenLayers, steps, byStep, present, stride, unit, problems, notes } = wreck;
    this.#tell({
      kind: 'watched',
      rows: { hiddenLayers, steps, byStep, present, stride, unit, problems, notes },
      watched,
      alike: looksLike(watched.events).map(({ id }) => id),
    });
  }
}
