// The log that a person brought: read once, judged as often as they correct a column or move a threshold.
import { readCells } from '../data/csv/cells.ts';
import { describeTableProblem } from '../data/csv/problem.ts';
import { guessUses } from './columns.ts';
import type { FromWreck, ToWreck } from './messages.ts';
import { wreckRows } from './rows.ts';
import { logTable, type LogTable } from './source.ts';
import { looksLike, watchWreck } from './watch.ts';

type Tell = (message: FromWreck) => void;

export class WreckDesk {
  readonly #tell: Tell;
  #tables: readonly LogTable[] = [];

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  receive(message: ToWreck): void {
    if (message.kind === 'read') this.#read(message);
    else this.#watch(message);
  }

  #read({ sources }: Extract<ToWreck, { kind: 'read' }>): void {
    const tables: LogTable[] = [];
    const told = [];
    for (const { name, text } of sources) {
      const cells = readCells(text);
      if (cells.kind === 'unreadable') {
        const problem = describeTableProblem(cells.problem);
        this.#tell({ kind: 'unreadable', text: sources.length > 1 ? `${name}: ${problem}` : problem });
        return;
      }
      const table = logTable(cells, name);
      const uses = guessUses(table.names);
      tables.push(table);
      told.push({
        name,
        rows: table.rows.length,
        columns: table.names.map((column, index) => ({
          name: column,
          use: uses[index] ?? { use: 'none' as const, layer: 0 },
          example: (table.rows.find((row) => (row[index] ?? '') !== '')?.[index] ?? '').slice(0, 24),
        })),
        notes: cells.notes,
      });
    }
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
