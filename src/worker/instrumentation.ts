// The telemetry levels above the core in a run: what each step leaves behind is read back, recorded and serialised, and its cost measured.
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Rows } from '../core/layout.ts';
import type { Settings } from '../core/settings.ts';
import type { DetailLevel, Program } from '../engine/engine.ts';
import { networkShape, type NetworkShape } from '../signals/series.ts';
import type { Excess } from '../telemetry/excess.ts';
import type { Serialised } from '../telemetry/measuredExporter.ts';
import type { CostMeter } from './costMeter.ts';
import type { ParameterWatch } from './parameterWatch.ts';
import type { Training } from './training.ts';

/** Series above the core that are recorded at most: some 40 ms of every step. Beyond, figures are scaled up and labelled. */
export const mostRecorded = 20_000;

export class Instrumentation {
  readonly #runId: string;
  readonly #shape: NetworkShape;
  readonly #meter: CostMeter;
  readonly #watch: ParameterWatch;
  readonly #exporter: PushMetricExporter | undefined;
  #excess: Excess | undefined;
  #settings: Settings | undefined;
  /** The last ones seen. */
  #rows: Rows | undefined;
  /** Since somebody asked. */
  #milliseconds = 0;

  /** @param exporter told of every export, where a person wants the excess levels sent */
  constructor(
    runId: string,
    training: Training,
    meter: CostMeter,
    watch: ParameterWatch,
    exporter?: PushMetricExporter,
  ) {
    this.#runId = runId;
    this.#shape = networkShape(training.recipe, training.dataset);
    this.#meter = meter;
    this.#watch = watch;
    this.#exporter = exporter;
    training.detailTo((...step) => this.#step(...step));
  }

  get shape(): NetworkShape {
    return this.#shape;
  }

  /** Milliseconds that the levels above the core took since the last call. */
  takeMilliseconds(): number {
    const taken = this.#milliseconds;
    this.#milliseconds = 0;
    return taken;
  }

  /** Rows as emitted; the settings in force after them. */
  see(rows: Rows, settings: Settings): void {
    if (settings.telemetry === 'core') this.#close();
    if (rows.count > 0) this.#rows = rows;
  }

  /** The core signals were exported, as they are at every level. */
  coreExported(metrics: Serialised, settings: Settings, series: number, milliseconds: number): void {
    if (settings.telemetry !== 'core') return;
    this.#meter.exported(metrics, { level: 'core', series, recorded: series }, milliseconds);
  }

  async #step(program: Program, settings: Settings, level: DetailLevel): Promise<void> {
    const begun = performance.now();
    const detail = await program.detail(level);
    const excess = await this.#excessFor(settings);
    const serialised = await excess.export(detail, this.#rows);
    const milliseconds = performance.now() - begun;
    this.#milliseconds += milliseconds;
    const { series, recorded } = excess;
    this.#meter.exported(serialised, { level, series, recorded }, milliseconds);
    this.#watch.see(program.step - 1, detail.parameters);
  }

  /** Other settings may be another level, or other parameters. */
  async #excessFor(settings: Settings): Promise<Excess> {
    if (this.#excess && this.#settings === settings) return this.#excess;
    this.#close();
    this.#settings = settings;
    // Most runs never leave the core.
    const { Excess } = await import('../telemetry/excess.ts');
    this.#excess = new Excess({
      runId: this.#runId,
      settings,
      shape: this.#shape,
      mostRecorded,
      mostPerInstrument: Infinity,
      exporter: this.#exporter,
    });
    return this.#excess;
  }

  #close(): void {
    void this.#excess?.close();
    this.#excess = undefined;
  }
}
