// One run as OpenTelemetry: its rows as metrics, its course as spans, findings and interventions as log events.
import type { Rows } from '../core/layout.ts';
import type { Intervention } from '../core/timeline.ts';
import type { DetectorEvent } from '../detectors/detector.ts';
import { wallClock, type Clock } from './clock.ts';
import { RunEvents } from './events.ts';
import { intervalMilliseconds } from './interval.ts';
import { timeOf, type TelemetryItem } from './item.ts';
import type { Serialised } from './measuredExporter.ts';
import { Memory } from './memory.ts';
import { RunMetrics } from './metrics.ts';
import { Originals } from './originals.ts';
import type { Otlp } from './otlp.ts';
import { setUp, type Exporters, type Providers, type Script } from './setup.ts';
import { RunSpans, type Interval } from './spans.ts';

export type { TelemetryItem } from './item.ts';
export type { Otlp } from './otlp.ts';

export interface RunIdentity {
  readonly runId: string;
  readonly engine: string;
  readonly adapter: string;
  readonly seed: number;
  /** The recipe as a link's query string. */
  readonly recipe: string;
  /** When the run began, compilation included: milliseconds since the epoch. */
  readonly startTime: number;
}

/** How a run is told of, where not by default: to the page alone, by the wall clock. */
export interface TelemetryOptions {
  readonly script?: Script;
  /** The wall clock by default. */
  readonly now?: Clock;
  readonly exporters?: Exporters;
  /** Told of every export of the metrics, and the milliseconds that it took to record, collect and serialise. */
  readonly exported?: (metrics: Serialised, milliseconds: number) => void;
}

/** What one advance brought. */
export interface Advanced {
  /** Rows that arrived, without the signals that are hidden. */
  readonly rows: Rows;
  /** Step up to which rows have arrived. */
  readonly seen: number;
  /** Steps before which a checkpoint was taken. */
  readonly checkpoints: readonly number[];
  readonly stepsPerEpoch: number;
  /** Steps that were computed, and how long that took. */
  readonly steps: number;
  readonly milliseconds: number;
}

/** The last step in these rows at which the validation set was evaluated. */
function lastEvaluated(rows: Rows): number | undefined {
  const column = rows.layout.column('evaluated_at');
  for (let row = rows.count - 1; row >= 0; row--) {
    const step = rows.step(row);
    if (rows.value(row, column) === step) return step;
  }
  return undefined;
}

export class RunTelemetry {
  /** The run's course, told step by step: what `advanced` does by itself. */
  readonly spans: RunSpans;
  readonly #now: Clock;
  readonly #memory = new Memory();
  readonly #originals = new Originals();
  readonly #providers: Providers;
  readonly #metrics: RunMetrics;
  readonly #events: RunEvents;
  readonly #exported: TelemetryOptions['exported'];
  #lastExport = -Infinity;
  #exporting: Promise<void> = Promise.resolve();

  constructor(identity: RunIdentity, { script, now, exporters, exported }: TelemetryOptions = {}) {
    const { runId, startTime, recipe, engine, adapter, seed } = identity;
    this.#exported = exported;
    this.#now = script?.now ?? now ?? wallClock();
    this.#providers = setUp({ runId, memory: this.#memory, script, exporters });
    const { tracer, logger, meter } = this.#providers;
    this.spans = new RunSpans(tracer, this.#now, script?.now() ?? startTime, {
      'training.recipe': recipe,
      'training.engine': engine,
      'training.adapter': adapter,
      'training.seed': seed,
    });
    this.#metrics = new RunMetrics(meter);
    this.#events = new RunEvents({ logger, context: this.spans.context, runId, now: this.#now });
    this.#events.started(seed);
  }

  /** The time that a program took to compile, and what runs it. */
  compiled(interval: Interval, engine: string): void {
    this.spans.compiled(interval, engine);
  }

  /**
   * The run went on. Of several validations, checkpoints or epochs in one advance the last has a span: a GPU tells no times in between,
   * and the advance is the shortest interval that is known to hold it.
   */
  advanced({ rows, seen, checkpoints, stepsPerEpoch, steps, milliseconds }: Advanced): void {
    const to = this.#now();
    const interval = { from: to - milliseconds, to };
    this.#metrics.see(rows);
    if (steps > 0) this.#metrics.took(milliseconds / 1000 / steps);
    const evaluated = lastEvaluated(rows);
    if (evaluated !== undefined) {
      this.spans.reachedEpoch(Math.floor(evaluated / stepsPerEpoch), evaluated, interval.from);
      this.spans.validated(evaluated, interval);
    }
    const checkpoint = checkpoints.at(-1);
    if (checkpoint !== undefined) this.spans.checkpointed(checkpoint, interval);
    this.spans.reachedEpoch(Math.floor(seen / stepsPerEpoch), seen, to);
    if (rows.count === 0 || to - this.#lastExport < intervalMilliseconds) return;
    this.#lastExport = to;
    this.#events.beat(seen, false);
    this.#export();
  }

  /**
   * A finding is exported with the values of its step: a gauge keeps only its last value per interval, and a spike would vanish. It
   * leaves at once, with all that waits.
   */
  detected(event: DetectorEvent): void {
    this.#events.detected(event);
    if (event.kind !== 'raised') return;
    if (this.#metrics.hasRows) this.#export(event.finding.at);
    void this.#flush();
  }

  intervened(entry: Intervention): void {
    this.#events.intervened(entry);
  }

  /** The run is paused at a step, and alive. */
  rests(step: number): void {
    this.#events.beat(step, true);
  }

  /** The run rests, or its page is hidden: what it has come to is exported now, for nothing wakes it. */
  async rest(): Promise<void> {
    if (this.#metrics.isFresh) this.#export();
    await this.#flush();
  }

  /** Ends all open spans, exports all that is left, and ends the exporters. */
  async end(step: number): Promise<void> {
    this.spans.end(step);
    await this.rest();
    await this.#providers.shutdown();
  }

  /** What has been exported since the last call, in order of its end. */
  take(): readonly TelemetryItem[] {
    const { spans, logs, metrics } = this.#memory;
    const items = [
      ...spans.finished.take().map((span) => this.#originals.span(span)),
      ...logs.finished.take().map((record) => this.#originals.event(record)),
      ...metrics.finished.take().flatMap((exported) => this.#originals.metrics(exported)),
    ];
    return items.sort((a, b) => timeOf(a) - timeOf(b));
  }

  /** An item as it would be sent; undefined where it was too long ago. */
  async otlp(item: number): Promise<Otlp | undefined> {
    const original = this.#originals.find(item);
    // Before any answer, so that answers keep the order of the questions.
    const { otlpOf } = await import('./otlp.ts');
    return original && otlpOf(original);
  }

  /** One after another: what one export records is collected before the next records. */
  #export(step?: number): void {
    const record = this.#metrics.snapshot(step, this.#memory.metrics.takeCost());
    this.#exporting = this.#exporting.then(async () => {
      const begun = performance.now();
      record();
      await this.#providers.collect();
      const { last } = this.#memory.metrics;
      if (last) this.#exported?.(last, performance.now() - begun);
    });
  }

  /** One after another, too: a flush that finds another under way does nothing. */
  #flush(): Promise<void> {
    this.#exporting = this.#exporting.then(() => this.#providers.flush());
    return this.#exporting;
  }
}
