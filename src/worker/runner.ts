// The training loop of one run: pace, messages and pictures around a `Training`; recovers when a device is lost.
import { loadDataset } from '../data/index.ts';
import { batchPlan } from '../data/batches.ts';
import { generationEntries, type Change, type Intervention } from '../core/timeline.ts';
import type { Finding } from '../detectors/detector.ts';
import { faultOf } from '../faults/index.ts';
import { writeLink } from '../scenarios/link.ts';
import { RunTelemetry } from '../telemetry/runTelemetry.ts';
import { chooseEngine, type ChosenEngine } from './engines.ts';
import { fileLoader } from './files.ts';
import { PaceKeeper } from './pace.ts';
import { makePicture } from './picture.ts';
import type { FromWorker, StartMessage, ToWorker } from './protocol.ts';
import { Training, type Advance } from './training.ts';

export type Post = (message: FromWorker, transfer?: readonly Transferable[]) => void;

/** Longest stretch without giving messages a turn, and shortest time between two messages of rows (one frame). */
const sliceMilliseconds = 12;
const frameMilliseconds = 16;
/** A run pauses here by itself: rows are kept for the charts, and nobody watches a run of this length to its end. */
const stepLimit = 20_000;
/** Steps between two looks at the rows: few in plain, where a look is free; more where it waits for the GPU. */
const chunkOf = { 'compiled.plain': 4, 'tfjs.cpu': 4, 'tfjs.webgpu': 16 } as const;
/** The same alert within so many steps is no news. */
const newsSteps = 300;
/** Pictures may take at most a fifth of the time. */
const pictureShare = 5;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Resolves in a later task, so that waiting messages are handled first; a timer of 0 would wait 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Runner {
  readonly #post: Post;
  readonly #start: StartMessage;
  readonly #pace: PaceKeeper;
  readonly #telemetry: RunTelemetry;
  #chosen: ChosenEngine;
  readonly #training: Training;
  #paused: boolean;
  #hidden = false;
  #until: number;
  #background = false;
  #stopped = false;
  #waiting: { readonly by: string; readonly change: Change } | undefined;
  #singleSteps = 0;
  /** Requests that need the program at rest between two advances. */
  #requests: (() => Promise<void>)[] = [];
  #wake: () => void = () => undefined;

  #words: Uint32Array<ArrayBuffer>[] = [];
  #lastPost = 0;
  #rate = { at: 0, step: 0, stepsPerSecond: 0 };
  #nextPicture = 0;
  #pictureStep = -1;
  #wasSlow = false;
  readonly #stirred = new Map<string, number>();

  private constructor(post: Post, start: StartMessage, chosen: ChosenEngine, training: Training) {
    this.#post = post;
    this.#start = start;
    this.#chosen = chosen;
    this.#training = training;
    this.#pace = new PaceKeeper(start.pace);
    this.#paused = start.paused;
    this.#until = start.until ?? stepLimit;
    this.#telemetry = new RunTelemetry({
      runId: start.runId,
      engine: chosen.choice,
      adapter: chosen.engine.description,
      seed: start.recipe.seed,
      recipe: writeLink(start.recipe),
    });
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
      const runner = new Runner(post, start, chosen, training);
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
        break;
      case 'pause':
        this.#setPaused(message.paused, 'asked');
        break;
      case 'step':
        this.#setPaused(true, 'asked');
        this.#singleSteps++;
        break;
      case 'background':
        this.#background = true;
        this.#pace.asked = message.pace;
        this.#until = Math.max(message.until, this.#training.step);
        this.#setPaused(false, 'asked');
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
        this.#waiting = { by, change };
        this.#post({ kind: 'waiting', by, untilAbout: Math.max(240, this.#training.step) });
      } else {
        this.#intervene(by, change);
      }
      return Promise.resolve();
    });
  }

  #intervene(by: string, change: Change): void {
    this.#tell(this.#training.intervene(by, change));
    this.#postTelemetry();
  }

  /** Entries took effect. The rows before them must reach the page first. */
  #tell(entries: readonly Intervention[]): void {
    this.#flush();
    for (const entry of entries) {
      this.#telemetry.intervened(entry);
      this.#post({ kind: 'intervened', entry });
      if (faultOf(entry.by)) this.#stir(false);
    }
  }

  #ready(): void {
    const { training, chosen } = { training: this.#training, chosen: this.#chosen };
    this.#post({
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
      this.#requests.push(() => this.#recover(reason));
      this.#wake();
    });
  }

  /** A new engine, the last checkpoint, and on: the device is gone, the run is not. */
  async #recover(reason: string): Promise<void> {
    const old = this.#chosen.engine;
    const chosen = await chooseEngine(this.#chosen.choice);
    this.#chosen = chosen;
    old.dispose();
    const step = await this.#training.replaceEngine(chosen.engine);
    this.#watchDevice();
    this.#ready();
    const where = chosen.notice ?? `It goes on with ${chosen.engine.description}.`;
    this.#post({
      kind: 'notice',
      text: `The GPU was lost (${reason}). The run was restored from its checkpoint at step ${step}. ${where}`,
    });
  }

  #setPaused(paused: boolean, reason: 'asked' | 'alert' | 'limit'): void {
    if (this.#paused === paused) return;
    // Going on past the limit grants another stretch of the same length.
    if (!paused && this.#training.step >= this.#until) this.#until = this.#training.step + stepLimit;
    this.#paused = paused;
    this.#pace.rest();
    this.#post({ kind: 'paused', paused, reason });
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#turn();
      } catch (error) {
        // A lost device rejects whatever was under way; its recovery is on the list of requests, or will be in a moment.
        const lost = await Promise.race([this.#chosen.engine.lost, sleep(1000).then(() => null)]);
        if (lost === null) this.#fail(error);
      }
    }
  }

  /** Ends the run's spans, so that they are exported, and lets go of the GPU. */
  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#telemetry.end(this.#training.step);
    this.#postTelemetry();
    this.#training.dispose();
    this.#chosen.engine.dispose();
    this.#post({ kind: 'stopped' });
  }

  #fail(error: unknown): void {
    this.#stopped = true;
    this.#post({ kind: 'failed', text: messageOf(error) });
  }

  async #turn(): Promise<void> {
    const request = this.#requests.shift();
    if (request) return request();
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
    const due = this.#waiting ? Infinity : this.#pace.due(performance.now(), this.#training.step);
    return Math.min(due, this.#until - this.#training.step);
  }

  async #advance(steps: number): Promise<void> {
    const begun = performance.now();
    const end = this.#training.step + steps;
    while (this.#training.step < end && performance.now() - begun < sliceMilliseconds) {
      const chunk = Math.min(chunkOf[this.#chosen.choice], end - this.#training.step);
      const stirred = this.#take(await this.#training.advance(chunk, chunk));
      if (stirred || this.#requests.length > 0) return;
      if (this.#waiting && this.#training.learned) {
        const { by, change } = this.#waiting;
        this.#waiting = undefined;
        this.#intervene(by, change);
        return;
      }
    }
  }

  /** Passes on what happened; true where the pace may have changed. */
  #take(advance: Advance): boolean {
    const { words, entries, detected, fork } = advance;
    this.#words.push(words);
    const { batchesPerEpoch } = batchPlan(
      this.#training.recipe,
      this.#training.settings(),
      this.#training.dataset,
    );
    this.#telemetry.reachedEpoch(Math.floor(this.#training.step / batchesPerEpoch), this.#training.step);
    if (entries.length === 0 && detected.length === 0 && !fork) return false;
    this.#tell(entries);
    for (const { event, healthyCheckpoint } of detected) {
      this.#telemetry.detected(event);
      this.#post({ kind: 'detected', event, healthyCheckpoint });
      if (event.kind === 'raised' && this.#isNews(event.finding)) {
        this.#stir(event.finding.severity === 'firing', true);
      }
    }
    if (fork) this.#postFork(fork);
    this.#postTelemetry();
    return true;
  }

  /** An alert that comes and goes slows a run down once, not at every return. */
  #isNews({ detector, layer, severity, at }: Finding): boolean {
    const key = `${detector}.${layer}.${severity}`;
    const last = this.#stirred.get(key);
    this.#stirred.set(key, at);
    return last === undefined || at - last > newsSteps;
  }

  /** Slow motion, or a pause under reduced motion, at a press or an alert; at `max` only a firing alert does. */
  #stir(firing: boolean, alert = false): void {
    if (this.#background || this.#start.atAlert === 'nothing') return;
    if (this.#pace.asked === 'max' && !firing) return;
    if (this.#start.atAlert === 'slow') this.#pace.slow(this.#training.step);
    else if (alert) this.#setPaused(true, 'alert');
  }

  #postFork(fork: NonNullable<Advance['fork']>): void {
    const [entry] = generationEntries(fork.recipe.timeline, fork.generation).own;
    if (entry) this.#telemetry.intervened(entry);
    this.#post({ kind: 'forked', ...fork });
    this.#postTelemetry();
  }

  #postTelemetry(): void {
    const items = this.#telemetry.take();
    if (items.length > 0) this.#post({ kind: 'telemetry', items });
  }

  async #drawWhenDue(): Promise<void> {
    const { pictures } = this.#start;
    const now = performance.now();
    if (pictures === 0 || this.#background || this.#hidden) return;
    if (now < this.#nextPicture || this.#pictureStep === this.#training.step) return;
    const picture = await makePicture(this.#training);
    this.#pictureStep = picture.step;
    this.#post({ kind: 'picture', picture });
    const took = performance.now() - now;
    this.#nextPicture = performance.now() + Math.max(1000 / pictures, took * pictureShare);
  }

  #flushWhenDue(): void {
    if (performance.now() - this.#lastPost >= frameMilliseconds) this.#flush();
    const slow = this.#pace.isSlow(this.#training.step);
    if (slow !== this.#wasSlow) {
      this.#wasSlow = slow;
      this.#post({ kind: 'slowed', slowed: slow });
    }
  }

  #flush(): void {
    this.#lastPost = performance.now();
    const length = this.#words.reduce((sum, part) => sum + part.length, 0);
    if (length === 0) return;
    const words = new Uint32Array(length);
    let offset = 0;
    for (const part of this.#words) {
      words.set(part, offset);
      offset += part.length;
    }
    this.#words = [];
    const checkpoints = this.#training.checkpointSteps;
    this.#post({ kind: 'rows', words, stepsPerSecond: this.#measureRate(), checkpoints }, [words.buffer]);
    this.#postTelemetry();
  }

  #measureRate(): number {
    const now = performance.now();
    const elapsed = now - this.#rate.at;
    if (elapsed < 500) return this.#rate.stepsPerSecond;
    const steps = this.#training.step - this.#rate.step;
    this.#rate = { at: now, step: this.#training.step, stepsPerSecond: (1000 * steps) / elapsed };
    return this.#rate.stepsPerSecond;
  }

  /** Waits for the next step that is due, a message, or just a turn of the event loop. */
  async #rest(steps: number): Promise<void> {
    const idle = (this.#paused || this.#hidden) && this.#singleSteps === 0;
    if (idle) {
      this.#flush();
      await this.#drawAtRest();
      if (this.#requests.length > 0 || this.#singleSteps > 0) return;
      this.#pace.rest();
      await new Promise<void>((resolve) => (this.#wake = resolve));
      return;
    }
    const fast =
      steps === Infinity || this.#waiting !== undefined || this.#pace.inForce(this.#training.step) === 'max';
    await (fast ? nextTask() : sleep(frameMilliseconds / 2));
  }

  /** The last picture of a run at rest must show the step at which it rests. */
  async #drawAtRest(): Promise<void> {
    if (this.#pictureStep === this.#training.step) return;
    this.#nextPicture = 0;
    await this.#drawWhenDue();
  }
}
