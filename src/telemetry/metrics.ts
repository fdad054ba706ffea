// A run's rows as metrics: counted row by row, recorded once per export.
import { ValueType, type Counter, type Histogram, type Meter } from '@opentelemetry/api';
import type { RowLayout, Rows } from '../core/layout.ts';
import { signals } from '../signals/index.ts';
import type { Signal } from '../signals/signal.ts';
import { columnsOf, CoreGauges, gauges, readingsOf, type Column } from './coreGauges.ts';
import type { Cost } from './memory.ts';

const all: readonly Signal[] = signals;
/** Each counts the values of one kind that are NaN or infinite: `nonfinite_loss` those among the losses. */
const counters = all.filter(({ instrument }) => instrument === 'counter');
const countedName = (id: string): string => id.replace('nonfinite_', '');
const countedNames = counters.map(({ id }) => countedName(id));

/** Seconds of one step: from a small network on a GPU to a slow one on a CPU. */
const durationBounds = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Where a layout keeps what becomes a metric. */
class Columns {
  readonly layout: RowLayout;
  readonly gauges: readonly Column[];
  readonly counters: readonly Column[];
  /** Gauges whose values nobody counts one by one. */
  readonly uncounted: readonly Column[];

  constructor(layout: RowLayout) {
    this.layout = layout;
    this.gauges = columnsOf(layout, gauges);
    this.counters = columnsOf(layout, counters);
    this.uncounted = this.gauges.filter(({ signal }) => !countedNames.includes(signal));
  }
}

export class RunMetrics {
  readonly #gauges: CoreGauges;
  readonly #steps: Counter;
  readonly #nonfinite: Counter;
  readonly #points: Counter;
  readonly #bytes: Counter;
  readonly #duration: Histogram;
  #columns: Columns | undefined;
  #rows: Rows | undefined;
  #seen = 0;
  /** Values that were NaN or infinite since the last snapshot, by what they are of. */
  #counts = new Map<string, number>();

  constructor(meter: Meter) {
    const counter = (name: string, unit: string, description: string): Counter =>
      meter.createCounter(name, { unit, description, valueType: ValueType.INT });
    this.#gauges = new CoreGauges(meter);
    this.#steps = counter('training.steps', '{step}', 'Steps trained.');
    this.#nonfinite = counter(
      'training.nonfinite',
      '{value}',
      'NaN and infinite values, among the losses, gradients and weights of every step and the values of every other signal.',
    );
    this.#points = counter('telemetry.points', '{point}', 'Data points exported before this export.');
    this.#bytes = counter(
      'telemetry.bytes',
      'By',
      'Bytes of the metrics exported before this export: protobuf, not compressed.',
    );
    this.#duration = meter.createHistogram('training.step.duration', {
      unit: 's',
      description: 'Wall-clock time of a step, as the mean of those computed in one go.',
      advice: { explicitBucketBoundaries: durationBounds },
    });
  }

  /** There are rows that no snapshot has. */
  get isFresh(): boolean {
    return this.#seen > 0;
  }

  /** There is something to take a snapshot of. */
  get hasRows(): boolean {
    return this.#rows !== undefined;
  }

  /** Rows as emitted: without the signals that are hidden. */
  see(rows: Rows): void {
    if (rows.count === 0) return;
    if (this.#columns?.layout !== rows.layout) this.#columns = new Columns(rows.layout);
    this.#rows = rows;
    this.#seen += rows.count;
    for (let row = 0; row < rows.count; row++) this.#count(rows, row, this.#columns);
  }

  /** Steps that were computed in one go took so many seconds each. */
  took(seconds: number): void {
    this.#duration.record(seconds);
  }

  /**
   * What one export has, to be recorded just before it is collected: two snapshots in one turn would overwrite each other's gauges.
   * @param step whose values the gauges have, where its row is among the last ones seen; otherwise the last row's
   * @param cost of the exports before
   */
  snapshot(step: number | undefined, cost: Cost): () => void {
    const [seen, counts] = [this.#seen, this.#counts];
    [this.#seen, this.#counts] = [0, new Map<string, number>()];
    const readings = this.#rows && this.#columns ? readingsOf(this.#rows, this.#columns.gauges, step) : [];
    return () => {
      this.#gauges.record(readings);
      for (const [name, count] of counts) this.#nonfinite.add(count, { 'signal.name': name });
      this.#steps.add(seen);
      this.#points.add(cost.points);
      this.#bytes.add(cost.bytes);
    };
  }

  #count(rows: Rows, row: number, { counters: counted, uncounted }: Columns): void {
    for (const { signal, index } of counted) {
      const value = rows.value(row, index);
      // Also 0: a rate needs the series to be there before something goes wrong.
      if (value !== undefined) this.#add(countedName(signal), value);
    }
    for (const { signal, index } of uncounted) {
      const value = rows.value(row, index);
      if (value !== undefined && !Number.isFinite(value)) this.#add(signal, 1);
    }
  }

  #add(name: string, count: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }
}
