// A training log from elsewhere, read and judged as the page does it.
import { Rows } from '../../src/core/layout.ts';
import { signalLayout } from '../../src/signals/index.ts';
import type { FromWreck, LogColumns, LogSource } from '../../src/wreck/messages.ts';
import { WreckDesk } from '../../src/wreck/wreckDesk.ts';

type Watched = Extract<FromWreck, { kind: 'watched' }>;
type Brought = string | readonly [name: string, text: string | Blob];

function sourceOf(brought: Brought): LogSource {
  return typeof brought === 'string'
    ? { name: 'log.csv', text: brought }
    : { name: brought[0], text: brought[1] };
}

interface Judged extends Watched {
  readonly sources: readonly LogColumns[];
}

/** Everything that is said of some files when their columns are taken as guessed; why they are not read as a word. */
export async function look(...brought: readonly Brought[]): Promise<Judged | string> {
  const said: FromWreck[] = [];
  const desk = new WreckDesk((message) => said.push(message));
  await desk.receive({ kind: 'read', sources: brought.map(sourceOf) });
  const [read] = said;
  if (read?.kind === 'unreadable') return read.text;
  if (read?.kind !== 'read') throw new Error(JSON.stringify(read));
  await desk.receive({
    kind: 'watch',
    uses: read.sources.map(({ columns }) => columns.map(({ use }) => use)),
    thresholds: {},
  });
  const [, watched] = said;
  if (watched?.kind !== 'watched') throw new Error(JSON.stringify(watched));
  return { ...watched, sources: read.sources };
}

export async function judge(...brought: readonly Brought[]): Promise<Judged> {
  const judged = await look(...brought);
  if (typeof judged === 'string') throw new Error(judged);
  return judged;
}

export function fired({ watched }: Watched): readonly string[] {
  return watched.events.flatMap((event) =>
    event.kind === 'raised' ? [`${event.finding.detector}@${event.finding.at}`] : [],
  );
}

/** What each column of each file was taken for, and of which layer. */
export function usesIn({ sources }: Judged): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sources.flatMap(({ columns }) =>
      columns.map(({ name, use: { use, layer } }) => [name, layer > 0 ? `${use} ${layer}` : use]),
    ),
  );
}

/** The steps and values of a signal, as the charts have them. */
export function valuesOf(
  { rows }: Judged,
  signal: string,
): readonly (readonly [step: number, value: number])[] {
  const layout = signalLayout(rows.hiddenLayers);
  const read = new Rows(layout, rows.byStep);
  return Array.from({ length: read.count }, (_, row) => row).flatMap((row): [number, number][] => {
    const value = read.value(row, layout.column(signal));
    return value === undefined ? [] : [[read.step(row), Number(value.toPrecision(6))]];
  });
}

/** Rows of a log, with commas between cells. */
export function lines(count: number, row: (k: number) => readonly (string | number)[]): string {
  return Array.from({ length: count }, (_, k) => row(k).join(',')).join('\n');
}

/** Of a run that is well. */
export const loss = (k: number) => (0.4 + Math.exp(-k / 20) + 0.01 * Math.sin(k)).toFixed(4);
