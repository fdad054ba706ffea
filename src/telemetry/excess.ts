// The telemetry levels above the core, really recorded: every series at every step, collected and serialised as for a collector.
import type { Gauge } from '@opentelemetry/api';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { RowLayout, Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import { excessAt, type ExcessSignal, type SeriesAttributes } from '../signals/excess.ts';
import { seriesCount, type NetworkShape } from '../signals/series.ts';
import { columnsOf, CoreGauges, gauges, readingsOf, type Column } from './coreGauges.ts';
import { MeasuredExporter, type Serialised } from './measuredExporter.ts';
import { RunMetrics } from './metrics.ts';
import { setUpMetrics, type MetricProvider } from './setup.ts';

/** One number per series of each kind; what a level does not have is empty. */
export type Detail = Readonly<Record<ExcessSignal['part'], Float32Array>>;

export interface ExcessRequest {
  readonly runId: string;
  /** In force: they decide the level and the network's parameters. */
  readonly settings: Settings;
  readonly shape: NetworkShape;
  /** Series above the core that are recorded at most; those beyond are left out, and what is measured is to be scaled up. */
  readonly mostRecorded: number;
  /** Series that the SDK keeps per instrument; absent = its own limit, 2,000. */
  readonly mostPerInstrument?: number;
  /** Told of every export as well. */
  readonly exporter?: PushMetricExporter | undefined;
}

/** One instrument and the series that are recorded of it. */
interface Recorded {
  readonly part: ExcessSignal['part'];
  readonly gauge: Gauge;
  readonly series: readonly SeriesAttributes[];
}

export class Excess {
  /** Time series in force, the core signals included; and those that are recorded. */
  readonly series: number;
  readonly recorded: number;
  readonly #provider: MetricProvider;
  readonly #exporter = new MeasuredExporter();
  readonly #core: (rows: Rows) => void;
  readonly #instruments: readonly Recorded[];

  constructor({ runId, settings, shape, mostRecorded, mostPerInstrument, exporter }: ExcessRequest) {
    const exporters = [this.#exporter, ...(exporter ? [exporter] : [])];
    this.#provider = setUpMetrics(runId, exporters, mostPerInstrument);
    this.#core = settings.telemetry === 'core' ? wholeCore(this.#provider) : coreGauges(this.#provider);
    let left = mostRecorded;
    this.#instruments = excessAt(settings.telemetry).map((signal) => {
      const { metric, unit, description, part } = signal;
      const series = signal.series(shape, settings.batchNorm).slice(0, left);
      left -= series.length;
      return { part, series, gauge: this.#provider.meter.createGauge(metric, { unit, description }) };
    });
    this.series = seriesCount(settings, shape);
    const excess = this.#instruments.reduce((sum, { series }) => sum + series.length, 0);
    const core = seriesCount({ ...settings, telemetry: 'core' }, shape);
    this.recorded = core + excess;
  }

  /**
   * Records a step and serialises it. A value that is not finite is left out, as everywhere.
   *
   * @param rows as emitted, the last ones seen: the core signals are part of every export
   */
  async export(detail: Detail, rows?: Rows): Promise<Serialised> {
    if (rows && rows.count > 0) this.#core(rows);
    for (const { part, gauge, series } of this.#instruments) {
      const values = detail[part];
      series.forEach((attributes, k) => {
        const value = values[k] ?? NaN;
        if (Number.isFinite(value)) gauge.record(value, attributes);
      });
    }
    await this.#provider.collect();
    return this.#exporter.last;
  }

  close(): Promise<void> {
    return this.#provider.shutdown();
  }
}

/** Records the core's gauges. Its counters and its histogram have an export of their own: twice, they would count twice. */
function coreGauges({ meter }: MetricProvider): (rows: Rows) => void {
  const recorder = new CoreGauges(meter);
  let known: { readonly layout: RowLayout; readonly columns: readonly Column[] } | undefined;
  return (rows) => {
    if (known?.layout !== rows.layout)
      known = { layout: rows.layout, columns: columnsOf(rows.layout, gauges) };
    recorder.record(readingsOf(rows, known.columns));
  };
}

/** Records all that an export of the core has. */
function wholeCore({ meter }: MetricProvider): (rows: Rows) => void {
  const metrics = new RunMetrics(meter);
  return (rows) => {
    metrics.see(rows);
    // How long a step took makes no difference to what it costs to say so.
    metrics.took(0.001);
    metrics.snapshot(undefined, { points: 0, bytes: 0 })();
  };
}
