// What a run of the benchmark hands over: plain data, so that it passes from the page to Node.

export interface Row {
  readonly net: string;
  readonly engine: string;
  readonly execution: string;
  readonly optimizer: string;
  readonly telemetry: string;
  /** Milliseconds for one step of all replicas, the median over the repeats; null where the row failed. */
  readonly msPerStep: number | null;
  /** (largest − smallest) ÷ median over the repeats. */
  readonly spread: number | null;
  readonly dispatchesPerStep: number | null;
  /** Per replica. */
  readonly readbackBytesPerStep: number | null;
  readonly replicas: number;
  /** Loss of the batch of step 100 under the weights after 100 steps, evaluated in float64. */
  readonly lossAt100: number | null;
  readonly valid: boolean;
  /** Why there is no figure. */
  readonly failure?: string;
}

export interface Overhead {
  readonly net: string;
  readonly execution: string;
  /** Core telemetry ÷ off: the median of the paired ratios. */
  readonly ratio: number;
}

/** Replica-steps per second of many in one program ÷ those of one, at equal K. */
export interface Scaling {
  readonly net: string;
  readonly replicas: number;
  readonly ratio: number;
}

/** Readbacks of rows in 16 ms of a row's run. */
export interface MapRate {
  readonly net: string;
  readonly execution: string;
  readonly mapsPer16Ms: number;
}

/** At 1,000 steps per second, as shares of a step's time. */
export interface PacedShare {
  readonly net: string;
  /** OpenTelemetry in the training thread, exporting within the page. */
  readonly telemetry: number;
  readonly detectors: number;
}

export interface BenchResult {
  readonly adapter: string;
  readonly rows: readonly Row[];
  readonly overhead: readonly Overhead[];
  readonly scaling: readonly Scaling[];
  readonly maps: readonly MapRate[];
  readonly paced: readonly PacedShare[];
}

function rowName({ net, engine, execution, optimizer, telemetry, replicas }: Row): string {
  const many = replicas === 1 ? '' : `, ${replicas} replicas`;
  return `${net}, ${engine}.${execution}, ${optimizer}, telemetry ${telemetry}${many}`;
}

/** One line for a person. */
export function rowText(row: Row): string {
  if (row.failure !== undefined) return `${rowName(row)}: failed: ${row.failure}`;
  const cost = `${row.dispatchesPerStep?.toFixed(2) ?? '?'} dispatches`;
  return `${rowName(row)}: ${row.msPerStep?.toPrecision(4) ?? '?'} ms (spread ${row.spread?.toFixed(2) ?? '?'}), ${cost}`;
}
