// Lists of numbers under names, as Python and Julia print them: `train_losses = [2.3, 2.2]`, `{'loss': [0.5, 0.4]}` below other lines.
import { readName } from './columns.ts';
import type { NamedRows } from './logTable.ts';
import { NamedRowGatherer } from './namedRowGatherer.ts';

const list = /([A-Za-z_][\w. ]{0,60})['"]?\s{0,4}[:=]\s{0,4}(?:\w{1,12}\()?\[([^[\]]{3,})\]/g;
const wrapped = /(?:[a-z]+\.)?[a-z]+\d*\(([^()]{1,40})\)/gi;
/** Fewer may be shapes, betas or sizes. */
const fewest = 3;

function cellsOf(text: string): readonly string[] {
  return text
    .replaceAll(wrapped, '$1')
    .split(',')
    .map((cell) => cell.trim());
}

/** Undefined where no list is named like a signal. */
export function readLists(text: string): NamedRows | undefined {
  const columns = [...text.matchAll(list)].flatMap(([, name = '', inner = '']) => {
    const cells = cellsOf(inner);
    const isKnown = readName(name.trim()).use !== 'none';
    return isKnown && cells.length >= fewest ? [{ name: name.trim(), cells }] : [];
  });
  if (columns.length === 0) return undefined;
  const gathered = new NamedRowGatherer('entry');
  for (let index = 0; index < Math.max(...columns.map(({ cells }) => cells.length)); index++)
    gathered.add(
      columns.map(({ name, cells }) => [name, cells[index] ?? ''] as const),
      index + 1,
    );
  return gathered.problem() ? undefined : gathered.take([]);
}
