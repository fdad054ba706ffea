// What every column of some logs is taken for: of several that name the same signal, the one that says most.
import { finiteOf, isMissing } from '../data/csv/numbers.ts';
import { firstLayerOf, unused, useOf, type ColumnUse } from './columns.ts';
import type { LogTable } from './logTable.ts';
import { isHeldOutFile } from './runName.ts';

export interface Guess {
  readonly uses: readonly ColumnUse[];
  /** What is left out for what another file has, in sentences. */
  readonly notes: readonly string[];
}

interface Candidate {
  readonly at: number;
  readonly table: LogTable;
  readonly column: number;
  readonly use: ColumnUse;
}

const heldOutUses = new Map<ColumnUse['use'], ColumnUse['use']>([
  ['loss', 'validation_loss'],
  ['accuracy', 'validation_accuracy'],
]);

/** Of `train.csv` and `val.csv` with the same names in both, the second holds what training does not see. */
function useIn({ use, layer }: ColumnUse, isHeldOut: boolean): ColumnUse {
  return { use: (isHeldOut ? heldOutUses.get(use) : undefined) ?? use, layer };
}

function candidatesOf(tables: readonly LogTable[]): readonly Candidate[] {
  const firstLayer = firstLayerOf(tables.flatMap(({ names }) => names));
  const heldOut = tables.map(({ file }) => isHeldOutFile(file));
  return tables.flatMap((table, at) =>
    table.names.flatMap((name, column) => {
      const use = useIn(useOf(name, firstLayer), heldOut[at] === true && heldOut.includes(false));
      return use.use === 'none' ? [] : [{ at, table, column, use }];
    }),
  );
}

/** Each file has steps of its own; a signal is one for all. */
function rivalry({ at, use: { use, layer } }: Candidate): string {
  return use === 'step' || use === 'epoch' ? `${use} ${at}` : `${use}.${layer}`;
}

function rivalsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(rivalry(candidate)) ?? [];
    group.push(candidate);
    groups.set(rivalry(candidate), group);
  }
  return [...groups.values()];
}

function nameOf({ table, column }: Candidate): string {
  return table.names[column] ?? '';
}

function filledCells({ table, column }: Candidate): number {
  return table.rows.reduce((count, row) => count + (isMissing(row[column] ?? '') ? 0 : 1), 0);
}

/** Lightning logs one value per step, per epoch, or as both. */
function endingRank(name: string): number {
  return /step$/i.test(name) ? 0 : /epoch$/i.test(name) ? 2 : 1;
}

function bestFirst(rivals: readonly Candidate[]): readonly Candidate[] {
  if (rivals.length === 1) return rivals;
  return rivals
    .map((candidate) => ({ candidate, filled: filledCells(candidate), rank: endingRank(nameOf(candidate)) }))
    .sort((a, b) => b.filled - a.filled || a.rank - b.rank)
    .map(({ candidate }) => candidate);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf({ rows, commas }: LogTable, column: number): Span | undefined {
  const cells = [rows[0]?.[column] ?? '', rows.at(-1)?.[column] ?? ''];
  const [from, to] = cells.map((cell) => finiteOf(cell, commas[column] ?? false));
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The best, and what goes on where that ends: files may be parts of one run. */
function winners(rivals: readonly Candidate[], spans: ReadonlyMap<number, Span>): readonly Candidate[] {
  const [best, ...others] = bestFirst(rivals);
  if (!best) return [];
  const won = [best];
  for (const other of others) {
    const span = spans.get(other.at);
    const isApart = won.every(({ at }) => {
      const known = spans.get(at);
      return span && known && at !== other.at && (span.from > known.to || span.to < known.from);
    });
    if (isApart) won.push(other);
  }
  return won;
}

/** From the first step of each file to its last. */
function spansOf(steps: readonly Candidate[]): ReadonlyMap<number, Span> {
  return new Map(
    steps.flatMap(({ at, table, column }): [number, Span][] => {
      const span = spanOf(table, column);
      return span ? [[at, span]] : [];
    }),
  );
}

/** The uses of all columns of all files. */
export function guessUses(tables: readonly LogTable[]): readonly Guess[] {
  const candidates = candidatesOf(tables);
  const groups = rivalsOf(candidates);
  const clocks = (use: string) =>
    groups.flatMap((rivals) => (rivals[0]?.use.use === use ? bestFirst(rivals).slice(0, 1) : []));
  // The later entry counts: steps where there are any.
  const spans = spansOf([...clocks('epoch'), ...clocks('step')]);
  const uses = tables.map(({ names }) => names.map(() => unused));
  const notes: string[][] = tables.map(() => []);
  for (const rivals of groups) {
    const won = winners(rivals, spans);
    for (const { at, column, use } of won) (uses[at] ?? [])[column] = use;
    for (const other of rivals)
      if (won[0] && won.every(({ at }) => at !== other.at))
        notes[other.at]?.push(
          `“${nameOf(other)}” is ignored: ${other.use.use} is “${nameOf(won[0])}” of ${won[0].table.file}.`,
        );
  }
  return uses.map((columns, at) => ({ uses: columns, notes: notes[at] ?? [] }));
}
