// The training loop of one run: pace, messages and pictures around a `Training`; recovers when a device is lost.
import { loadDataset } from '../data/index.ts';
import { batchPlan } from '../data/batches.ts';
import { generationEntries, type Change, type Intervention } from '../core/timeline.ts';
import { faultOf } from '../faults/index.ts';
import { writeLink } from '../scenarios/link.ts';
import { RunTelemetry } from '../telemetry/runTelemetry.ts';
import { chooseEngine, type ChosenEngine } from './engines.ts';
import { fileLoader } from './files.ts';
import { PaceKeeper } from './pace.ts';
import { News } from './news.ts';
import { frameMilliseconds, Outbox, type Post } from './outbox.ts';
import { PictureClock } from './pictureClock.ts';
import type { StartMessage, ToWorker } from './protocol.ts';
import { Training, type Advance } from './training.ts';
import { nextTask, sleep } from './waiting.ts';

/** Longest stretch without giving messages a turn. */
const sliceMilliseconds = 12;
/** A run pauses here by itself: rows are kept for the charts, and nobody watches a run of this length to its end. */
const stepLimit = 20_000;
/** Steps between two looks at the rows: few in plain, where a look is free; more where it waits for the GPU. */
const chunkOf = { 'compiled.plain': 4, 'tfjs.cpu': 4, 'tfjs.webgpu': 16 } as const;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export class Runner {
  readonly #out: Outbox;
  readonly #pace: PaceKeeper;
  readonly #telemetry: RunTelemetry;
  #chosen: ChosenEngine;
  readonly #training: Training;
  #paused: boolean;
  #hidden: boolean;
  #until: number;
  #background = false;
  #atAlert: StartMessage['atAlert'];
  #stopped = false;
  /** Faults pressed before the network had learned, in order. */
  #waiting: { readonly by: string; readonly change: Change }[] = [];
  #singleSteps = 0;
  /** Requests that need the program at rest between two advances. */
  #requests: (() => Promise<void>)[] = [];
  #wake: () => void = () => undefined;

  readonly #pictures: PictureClock;
  #wasSlow = false;
  readonly #news = new News();

  private constructor(
    post: Post,
    start: StartMessage,
    chosen: ChosenEngine,
    training: Training,
    startTime: number,
  ) {
    this.#chosen = chosen;
    this.#training = training;
    this.#pace = new PaceKeeper(start.pace);
    this.#pictures = new PictureClock(start.pictures);
    this.#paused = start.paused;
    this.#hidden = start.hidden;
    this.#atAlert = start.atAlert;
    this.#until = start.until ?? training.step + stepLimit;
    this.#telemetry = new RunTelemetry({
      runId: start.runId,
      engine: chosen.choice,
      adapter: chosen.engine.description,
      seed: start.recipe.seed,
      recipe: writeLink(start.recipe),
      startTime,
    });
    this.#out = new Outbox(post, this.#telemetry, training.step);
  }

  /** Chooses the engine, loads the data, compiles, and trains until stopped. Posts `failed` where any of it cannot be done. */
  static async run(post: Post, start: StartMessage): Promise<Runner | undefined> {
    try {
      const chosen = await chooseEngine(start.engine);
      if (chosen.notice) post({ kind: 'notice', text: chosen.notice });
      const what = start.recipe.data;
      const dataset = await loadDataset(start.recipe, {
        file: fileLoader(start.base),
        progress: (loaded, total) => {
          post({ kind: 'loading', what, loaded, total });
        },
      });
      const { recipe, generation, inheritance } = start;
      const from = Date.now();
      const training = await Training.start({
        engine: chosen.engine,
        recipe,
        generation,
        dataset,
        inheritance,
      });
      const runner = new Runner(post, start, chosen, training, from);
      runner.#telemetry.compiled(from, Date.now());
      runner.#ready();
      runner.#watchDevice();
      void runner.#loop();
      return runner;
    } catch (error) {
      post({ kind: 'failed', text: messageOf(error) });
      return undefined;
    }
  }

  receive(message: Exclude<ToWorker, StartMessage>): void {
    this.#handle(message);
    this.#wake();
  }

  #handle(message: Exclude<ToWorker, StartMessage>): void {
    switch (message.kind) {
      case 'pace':
        this.#pace.asked = message.pace;
        this.#atAlert = message.atAlert;
        break;
      case 'pause':
        // Going on past the limit grants another stretch.
        if (!message.paused && this.#training.step >= this.#until)
          this.#until = this.#training.step + stepLimit;
        this.#setPaused(message.paused, 'asked');
        break;
      case 'step':
        this.#setPaused(true, 'asked');
        this.#singleSteps++;
        break;
      case 'background':
        this.#background = true;
        this.#pace.asked = message.pace;
        this.#until = message.until;
        this.#setPaused(this.#training.step >= message.until, 'limit');
        break;
      case 'intervene':
        this.#ask(message.by, message.change, message.whenLearned);
        break;
      case 'fork':
        this.#requests.push(async () => {
          this.#flush();
          this.#postFork(await this.#training.fork(message.entries));
        });
        break;
      case 'stop':
        this.#stop();
        break;
      case 'visible':
        this.#hidden = !message.visible && !this.#background;
        break;
    }
  }

  /** A fault pressed before the network has learned waits, at full speed, until it has. */
  #ask(by: string, change: Change, whenLearned: boolean): void {
    this.#requests.push(() => {
      if (whenLearned && !this.#training.learned) {
        this.#waiting.push({ by, change });
        this.#out.post({ kind: 'waiting', by, untilAbout: Math.max(240, this.#training.step) });
      } else {
        this.#intervene(by, change);
      }
      return Promise.resolve();
    });
  }

  #intervene(by: string, change: Change): void {
    this.#tell(this.#training.intervene(by, change));
    this.#out.flushTelemetry();
  }

  /** Entries took effect. The rows before them must reach the page first. */
  #tell(entries: readonly Intervention[]): void {
    this.#flush();
    for (const entry of entries) {
      this.#telemetry.intervened(entry);
      this.#out.post({ kind: 'intervened', entry });
      if (faultOf(entry.by)) this.#stir(false);
    }
  }

  #ready(): void {
    const { training, chosen } = { training: this.#training, chosen: this.#chosen };
    this.#out.post({
      kind: 'ready',
      engine: chosen.choice,
      description: chosen.engine.description,
      columns: training.layout.columns,
      classes: training.dataset.classes,
      image: training.dataset.image,
    });
  }

  #watchDevice(): void {
    const { engine } = this.#chosen;
    void engine.lost.then((reason) => {
      if (this.#stopped || engine !== this.#chosen.engine) return;
      this.#requests.unshift(() => this.#recover(reason));
      this.#wake();
    });
  }

  /** A new engine, the last checkpoint, and on: the device is gone, the run is not. */
  async #recover(reason: string): Promise<void> {
    const old = this.#chosen.engine;
    const chosen = await chooseEngine(this.#chosen.choice);
    if (this.#stopped) {
      chosen.engine.dispose();
      return;
    }
    this.#chosen = chosen;
    this.#watchDevice();
    old.dispose();
    const step = await this.#training.replaceEngine(chosen.engine);
    this.#ready();
    const where = chosen.notice ?? `It goes on with ${chosen.engine.description}.`;
    this.#out.post({
      kind: 'notice',
      text: `The GPU was lost (${reason}). The run was restored from its checkpoint at step ${step}. ${where}`,
    });
  }

  #setPaused(paused: boolean, reason: 'asked' | 'alert' | 'limit'): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    this.#pace.rest();
    this.#out.post({ kind: 'paused', paused, reason });
  }

  async #loop(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      try {
        await this.#turn();
      } catch (error) {
        if (this.#hasEnded()) return;
        // A lost device rejects whatever was under way; its recovery is on the list of requests, or will be in a moment.
        const lost = await Promise.race([this.#chosen.engine.lost, sleep(1000).then(() => null)]);
        if (lost === null) this.#fail(error);
      }
    }
  }

  /** Ends the run's spans, so that they are exported, and lets go of the GPU. */
  #end(): void {
    this.#stopped = true;
    this.#telemetry.end(this.#training.step);
    this.#out.flushTelemetry();
    this.#training.dispose();
    this.#chosen.engine.dispose();
  }

  /** Asked by a call, since a message may have stopped the run during any await. */
  #hasEnded(): boolean {
    return this.#stopped;
  }

  #stop(): void {
    if (!this.#stopped) this.#end();
    this.#out.post({ kind: 'stopped' });
  }

  #fail(error: unknown): void {
    this.#out.post({ kind: 'failed', text: messageOf(error) });
    this.#end();
  }

  async #turn(): Promise<void> {
    const [request] = this.#requests;
    if (request) {
      await request();
      // Only now: one that failed because the device went is done again after the recovery.
      this.#requests = this.#requests.filter((other) => other !== request);
      return;
    }
    if (this.#training.step >= this.#until && !this.#paused) this.#setPaused(true, 'limit');
    const steps = this.#dueSteps();
    if (steps > 0) await this.#advance(steps);
    await this.#drawWhenDue();
    this.#flushWhenDue();
    if (this.#requests.length === 0) await this.#rest(steps);
  }

  #dueSteps(): number {
    if (this.#singleSteps > 0) {
      this.#singleSteps--;
      return 1;
    }
    if (this.#paused || this.#hidden) return 0;
    const due = this.#waiting.length > 0 ? Infinity : this.#pace.due(performance.now(), this.#training.step);
    return Math.min(due, this.#until - this.#training.step);
  }

  async #advance(steps: number): Promise<void> {
    const begun = performance.now();
    const end = this.#training.step + steps;
    while (this.#training.step < end && performance.now() - begun < sliceMilliseconds) {
      const chunk = Math.min(chunkOf[this.#chosen.choice], end - this.#training.step);
      const stirred = this.#take(await this.#training.advance(chunk, chunk));
      if (stirred || this.#requests.length > 0) return;
      if (this.#waiting.length > 0 && this.#training.learned) {
        for (const { by, change } of this.#waiting) this.#intervene(by, change);
        this.#waiting = [];
        return;
      }
    }
  }

  /** Passes on what happened; true where the pace may have changed. */
  #take(advance: Advance): boolean {
    const { words, entries, detected, fork } = advance;
    this.#out.add(words);
    // Counted by the recipe's own data: a starved run has an epoch at every step, and spans that short would cost more than training.
    const { recipe, dataset } = this.#training;
    const { batchesPerEpoch } = batchPlan(recipe, recipe, dataset);
    this.#telemetry.reachedEpoch(Math.floor(this.#training.step / batchesPerEpoch), this.#training.step);
    if (entries.length === 0 && detected.length === 0 && !fork) return false;
    this.#tell(entries);
    for (const { event, healthyCheckpoint } of detected) {
      this.#telemetry.detected(event);
      this.#out.post({ kind: 'detected', event, healthyCheckpoint });
      if (event.kind === 'raised' && this.#news.isNews(event.finding)) {
        this.#stir(event.finding.severity === 'firing', true);
      }
    }
    if (fork) this.#postFork(fork);
    this.#out.flushTelemetry();
    return true;
  }

  /** Slow motion, or a pause under reduced motion, at a press or an alert; at `max` only a firing alert does. */
  #stir(firing: boolean, alert = false): void {
    if (this.#background || this.#atAlert === 'nothing') return;
    if (this.#pace.asked === 'max' && !firing) return;
    if (this.#atAlert === 'slow') this.#pace.slow(this.#training.step);
    else if (alert) this.#setPaused(true, 'alert');
  }

  #postFork(fork: NonNullable<Advance['fork']>): void {
    const [entry] = generationEntries(fork.recipe.timeline, fork.generation).own;
    if (entry) this.#telemetry.intervened(entry);
    this.#out.post({ kind: 'forked', ...fork });
    this.#out.flushTelemetry();
  }

  async #drawWhenDue(): Promise<void> {
    if (this.#background || this.#hidden || !this.#pictures.isDue(this.#training.step)) return;
    this.#out.post({ kind: 'picture', picture: await this.#pictures.draw(this.#training) });
  }

  #flush(): void {
    this.#out.flush(this.#training.step, this.#training.checkpointSteps);
  }

  #flushWhenDue(): void {
    this.#out.flushWhenDue(this.#training.step, this.#training.checkpointSteps);
    const slow = this.#pace.isSlow(this.#training.step);
    if (slow === this.#wasSlow) return;
    this.#wasSlow = slow;
    this.#out.post({ kind: 'slowed', slowed: slow });
  }

  #isIdle(): boolean {
    return (this.#paused || this.#hidden) && this.#singleSteps === 0 && !this.#stopped;
  }

  /** Waits for the next step that is due, a message, or just a turn of the event loop. */
  async #rest(steps: number): Promise<void> {
    if (this.#isIdle()) {
      this.#flush();
      await this.#drawAtRest();
      // A message may have come while the picture was drawn: only a run that is still idle may wait for the next one.
      if (this.#requests.length > 0 || !this.#isIdle()) return;
      this.#pace.rest();
      await new Promise<void>((resolve) => (this.#wake = resolve));
      return;
    }
    const fast =
      steps === Infinity || this.#waiting.length > 0 || this.#pace.inForce(this.#training.step) === 'max';
    await (fast ? nextTask() : sleep(frameMilliseconds / 2));
  }

  /** The last picture of a run at rest must show the step at which it rests. */
  #drawAtRest(): Promise<void> {
    this.#pictures.hurry();
    return this.#drawWhenDue();
  }
}
