// The telemetry budget of a run: its cost as the page is told of it, every weight where it is watched, and the levels side by side.
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Rows } from '../core/layout.ts';
import { seriesCount } from '../signals/series.ts';
import type { Serialised } from '../telemetry/measuredExporter.ts';
import { CostMeter } from './costMeter.ts';
import { Instrumentation } from './instrumentation.ts';
import type { Post } from './outbox.ts';
import { ParameterWatch } from './parameterWatch.ts';
import type { TelemetryLevel } from './protocol.ts';
import type { Training } from './training.ts';

export class Budget {
  readonly #post: Post;
  readonly #training: Training;
  readonly #meter = new CostMeter();
  readonly #watch = new ParameterWatch();
  readonly #instrumentation: Instrumentation;
  /** Comparisons asked for so far: one that is not the last is called off. */
  #asked = 0;

  /** @param exporter of the levels above the core, where a person wants them sent */
  constructor(post: Post, runId: string, training: Training, exporter?: PushMetricExporter) {
    this.#post = post;
    this.#training = training;
    this.#instrumentation = new Instrumentation(runId, training, this.#meter, this.#watch, exporter);
  }

  /** Steps were computed in so many milliseconds, what was read back of them included; rows arrived, and telemetry took its time. */
  advanced(steps: number, milliseconds: number, rows: Rows, telemetryMilliseconds: number): void {
    this.#instrumentation.see(rows, this.#training.settings());
    const excess = this.#instrumentation.takeMilliseconds();
    this.#meter.stepped(steps, Math.max(0, milliseconds - excess));
    this.#meter.spent(telemetryMilliseconds);
  }

  /** The core signals were exported. */
  exported(metrics: Serialised, milliseconds: number): void {
    const settings = this.#training.settings();
    const series = seriesCount(settings, this.#instrumentation.shape);
    this.#instrumentation.coreExported(metrics, settings, series, milliseconds);
  }

  watchParameters(watched: boolean): void {
    this.#watch.watched = watched;
  }

  /** Sends what there is to tell, a few times a second, and when the run comes to rest. */
  tellWhenDue(resting = false): void {
    const cost = this.#meter.due(this.#training.step, resting);
    if (cost) this.#post({ kind: 'cost', cost });
    const history = this.#watch.due(resting);
    if (history) this.#post({ kind: 'parameters', ...history }, [history.values.buffer]);
  }

  /** A comparison that is under way is called off, whether another follows or not. */
  callOff(): void {
    this.#asked++;
  }

  /** Drain first: the program is put back to where it was, without rows that nobody took. */
  async compare(levels: readonly TelemetryLevel[]): Promise<void> {
    const asked = ++this.#asked;
    // Asked for by few, and never in the first second.
    const { compareLevels } = await import('./levelComparison.ts');
    const { program, step } = this.#training;
    const measured = await compareLevels({
      program,
      settings: this.#training.settings(),
      shape: this.#instrumentation.shape,
      levels,
      tell: (level, done, of) => this.#post({ kind: 'measuring', level, done, of }),
      isCalledOff: () => asked !== this.#asked,
    });
    this.#post({ kind: 'measured', step, levels: measured });
  }
}
