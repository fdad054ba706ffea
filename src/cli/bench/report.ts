// Says what a run of the benchmark has measured: tables for people, one object for machines.
import type { Figure } from './goals.ts';
import { rowText, type BenchResult, type Row } from './result.ts';

/** What `--json` prints. A failed row has nulls for its figures and says why. */
export function jsonReport({ adapter, rows, overhead }: BenchResult, ratios: readonly Figure[]) {
  return { adapter, rows, overhead, ratios };
}

const rounded = (value: number | null, digits = 4): number | string =>
  value === null ? '–' : Number(value.toPrecision(digits));

function tableRow(row: Row) {
  return {
    net: row.net,
    engine: `${row.engine}.${row.execution}`,
    optimizer: row.optimizer,
    telemetry: row.telemetry,
    replicas: row.replicas,
    'ms/step': rounded(row.msPerStep),
    spread: rounded(row.spread, 2),
    'dispatches/step': rounded(row.dispatchesPerStep, 3),
    'bytes/step': rounded(row.readbackBytesPerStep, 3),
    'loss at 100': rounded(row.lossAt100, 5),
    valid: row.valid,
  };
}

function figureRow({ name, ratio, bound, limit, reached }: Figure) {
  return {
    figure: name,
    measured: rounded(ratio),
    wanted: `${bound} ${limit}`,
    reached: reached ? 'yes' : 'NO',
  };
}

function printTable(title: string, rows: readonly object[]): void {
  if (rows.length === 0) return;
  console.log(title);
  console.table(rows);
}

export function printReport(
  { adapter, rows, overhead, scaling, paced }: BenchResult,
  figures: readonly Figure[],
): void {
  console.log(`Adapter: ${adapter}`);
  printTable('Rows:', rows.map(tableRow));
  for (const row of rows) if (row.failure !== undefined) console.log(rowText(row));
  const withRatio = ({ ratio, ...rest }: { readonly ratio: number }) => ({ ...rest, ratio: rounded(ratio) });
  printTable('Core telemetry ÷ off, median of paired ratios:', overhead.map(withRatio));
  printTable('Replica-steps per second ÷ those of one replica:', scaling.map(withRatio));
  printTable(
    'Shares of a step’s time at 1,000 steps per second:',
    paced.map(({ net, telemetry, detectors }) => ({
      net,
      telemetry: rounded(telemetry, 3),
      detectors: rounded(detectors, 3),
    })),
  );
  printTable('The speed table (its limits are for SwiftShader on two cores):', figures.map(figureRow));
}
