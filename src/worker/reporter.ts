// What a run tells the page and OpenTelemetry: rows first, then what came of them.
import { generationEntries, type Intervention } from '../core/timeline.ts';
import { counted } from '../core/wording.ts';
import { batchPlan } from '../data/batches.ts';
import type { Finding } from '../detectors/detector.ts';
import { isAlert } from '../detectors/index.ts';
import { faultOf } from '../faults/index.ts';
import { LateTelemetry } from '../telemetry/lateTelemetry.ts';
import type { Serialised } from '../telemetry/measuredExporter.ts';
import type { Exporters } from '../telemetry/setup.ts';
import type { Advance, Fork } from './advance.ts';
import { Budget } from './budget.ts';
import type { Controls } from './controls.ts';
import type { FallbackEngine } from './fallbackEngine.ts';
import { News } from './news.ts';
import { Outbox, type Post } from './outbox.ts';
import type { Detected, StartMessage } from './protocol.ts';
import { targetMeasure } from '../data/targetMeasure.ts';
import type { Training } from './training.ts';

/** Steps that were computed in one go. */
interface Computed {
  readonly steps: number;
  readonly milliseconds: number;
}

const untold =
  'The part of the page that speaks OpenTelemetry did not load: this run goes on without its telemetry. Reload when this machine is online.';

const nothing: Computed = { steps: 0, milliseconds: 0 };

function isOfOne(one: Finding, other: Finding): boolean {
  return one.detector === other.detector && one.layer === other.layer;
}

function isSame(one: Finding, other: Finding): boolean {
  return isOfOne(one, other) && one.at === other.at && one.severity === other.severity;
}

export class Reporter {
  readonly #post: Post;
  readonly #training: Training;
  readonly #controls: Controls;
  readonly #telemetry: LateTelemetry;
  readonly #budget: Budget;
  readonly #out: Outbox;
  readonly #news = new News();
  #engine = '';
  #toldMissed = false;

  /** @param begun when the run began to compile: milliseconds since the epoch */
  constructor(
    post: Post,
    start: StartMessage,
    { training, controls, engine }: { training: Training; controls: Controls; engine: FallbackEngine },
    begun: number,
    exporters: Exporters,
  ) {
    this.#post = post;
    this.#training = training;
    this.#controls = controls;
    this.#budget = new Budget(post, start.runId, training, exporters.excess);
    const identity = {
      runId: start.runId,
      engine: engine.running(training.program),
      adapter: engine.description,
      seed: start.recipe.seed,
      recipe: start.link,
      startTime: begun,
    };
    const exported = (metrics: Serialised, milliseconds: number): void =>
      this.#budget.exported(metrics, milliseconds);
    this.#telemetry = new LateTelemetry(
      identity,
      { exporters, exported },
      {
        arrived: () => this.#out.flushTelemetry(),
        failed: () => this.#post({ kind: 'notice', text: untold }),
      },
    );
    this.#out = new Outbox(post, this.#telemetry, training.seen);
  }

  /** What trains from now on. */
  ready(engine: FallbackEngine): void {
    const { layout, dataset, program } = this.#training;
    const running = engine.running(program);
    this.#engine = running;
    this.#tellCompilations(engine);
    this.#post({
      kind: 'ready',
      engine: running,
      description: engine.description,
      columns: layout.columns,
      classes: dataset.classes,
      target: targetMeasure(dataset),
      image: dataset.image,
    });
  }

  /** A change of structure may have compiled another kind of program. */
  readyWhenChanged(engine: FallbackEngine): void {
    if (engine.running(this.#training.program) !== this.#engine) this.ready(engine);
    else this.#tellCompilations(engine);
  }

  /** A run that is paused is alive. */
  beat(): void {
    this.#telemetry.rests(this.#training.seen);
    this.#out.flushTelemetry();
  }

  /**
   * Passes on what happened; true where the pace may have changed.
   * @param computed the steps of this advance, where there were any
   */
  take({ words, entries, detected, checkpoints, fork }: Advance, computed = nothing): boolean {
    this.#out.add(words);
    this.#tellMissed();
    const { recipe, dataset, seen } = this.#training;
    const begun = performance.now();
    const rows = this.#training.emitted(words);
    this.#telemetry.advanced({
      rows,
      seen,
      checkpoints,
      // Counted by the recipe's own data: a starved run has an epoch at every step, and spans that short would cost more than training.
      stepsPerEpoch: batchPlan(recipe, recipe, dataset).batchesPerEpoch,
      ...computed,
    });
    this.#budget.advanced(computed.steps, computed.milliseconds, rows, performance.now() - begun);
    if (entries.length === 0 && detected.length === 0 && !fork) return false;
    this.entries(entries);
    for (const { event, healthyCheckpoint } of detected) {
      this.#telemetry.detected(event);
      this.#post({ kind: 'detected', event, healthyCheckpoint });
      if (event.kind === 'raised' && isAlert(event.finding) && this.#news.isNews(event.finding)) {
        this.#controls.stir(this.#training.step, event.finding.severity === 'firing', true);
      }
    }
    if (fork) this.fork(fork);
    this.#out.flushTelemetry();
    return true;
  }

  /** Entries took effect. The rows before them must reach the page first. */
  entries(entries: readonly Intervention[]): void {
    this.flush();
    for (const entry of entries) {
      this.#telemetry.intervened(entry);
      this.#post({ kind: 'intervened', entry });
      // What was there from the start is no press: there is nothing yet to be watched in slow motion.
      if (faultOf(entry.by) && entry.at > 0) this.#controls.stir(this.#training.step, false, false);
    }
    this.#out.flushTelemetry();
  }

  /** The rows so far were judged anew. Telemetry hears only of what is different now: nobody is told of the past again. */
  judged(before: readonly Finding[], detected: readonly Detected[]): void {
    this.flush();
    this.#post({ kind: 'judged', detected });
    const { active, seen } = this.#training;
    for (const finding of active.filter((now) => !before.some((then) => isSame(then, now))))
      this.#telemetry.detected({ kind: 'raised', finding });
    for (const { detector, layer } of before.filter((then) => !active.some((now) => isOfOne(then, now))))
      this.#telemetry.detected({ kind: 'resolved', detector, layer, at: seen });
    this.#out.flushTelemetry();
  }

  fork(fork: Fork): void {
    this.flush();
    const [entry] = generationEntries(fork.recipe.timeline, fork.generation).own;
    if (entry) this.#telemetry.intervened(entry);
    this.#post({ kind: 'forked', ...fork });
    this.#out.flushTelemetry();
  }

  flush(): void {
    this.#out.flush(this.#training.seen, this.#training.checkpointSteps);
  }

  get budget(): Budget {
    return this.#budget;
  }

  flushWhenDue(): void {
    this.#budget.tellWhenDue();
    this.#out.flushWhenDue(this.#training.seen, this.#training.checkpointSteps);
  }

  /** The run rests, or its page is hidden: whatever there is to tell is told now. */
  async rest(): Promise<void> {
    this.flush();
    await this.#telemetry.rest();
    this.#budget.tellWhenDue(true);
    this.#out.flushTelemetry();
  }

  /** The OTLP of an item that the page was told of. */
  async otlp(item: number): Promise<void> {
    this.#post({ kind: 'otlp', item, otlp: (await this.#telemetry.otlp(item)) ?? null });
  }

  /** Ends the run's spans, so that they are exported. */
  async end(): Promise<void> {
    await this.#telemetry.end(this.#training.seen);
    this.#out.flushTelemetry();
  }

  /** A run compiles again where its structure changes, and with every new engine. */
  #tellCompilations(engine: FallbackEngine): void {
    for (const compilation of engine.takeCompilations()) this.#telemetry.compiled(compilation, this.#engine);
  }

  #tellMissed(): void {
    const { missed } = this.#training;
    if (missed === 0 || this.#toldMissed) return;
    this.#toldMissed = true;
    const rows = `${counted(missed, 'row')} ${missed === 1 ? 'was' : 'were'} overwritten on the GPU`;
    this.#post({
      kind: 'notice',
      text: `${rows} before they could be read; the charts have a gap there.`,
    });
  }
}
