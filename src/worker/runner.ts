// The training loop of one run: messages, due steps and pictures around a `Training`, each in its turn.
import { loadDataset } from '../data/index.ts';
import type { ExportRequest } from '../telemetry/export/exportSeat.ts';
import { intervalMilliseconds } from '../telemetry/interval.ts';
import type { Exporters } from '../telemetry/setup.ts';
import { ChunkSize } from './chunkSize.ts';
import { Controls } from './controls.ts';
import { EngineSeat } from './engineSeat.ts';
import { chooseEngine, type Say } from './engines.ts';
import type { FallbackEngine } from './fallbackEngine.ts';
import { fileLoader } from './files.ts';
import { LookBack } from './lookBack.ts';
import { messageOf } from './messageOf.ts';
import { frameMilliseconds, type Post } from './outbox.ts';
import { PictureClock } from './pictureClock.ts';
import { Presses } from './presses.ts';
import type { StartMessage, TelemetryLevel, ToWorker } from './protocol.ts';
import { Reporter } from './reporter.ts';
import { SealedFigure } from './sealedFigure.ts';
import { Training } from './training.ts';
import { nextTask, sleep } from './waiting.ts';

/** Longest stretch without giving messages a turn. */
const sliceMilliseconds = 12;
/** So much training may be lost with a device, and has to be computed again. */
const mirrorMilliseconds = 1000;
/** A run that is told to stop waits so long for rows that are on their way. */
const lastRowsMilliseconds = 300;

export class Runner {
  readonly #post: Post;
  readonly #training: Training;
  readonly #controls: Controls;
  readonly #reporter: Reporter;
  readonly #presses: Presses;
  readonly #seat: EngineSeat;
  readonly #pictures: PictureClock;
  readonly #sealed = new SealedFigure();
  readonly #lookBack: LookBack;
  readonly #chunk = new ChunkSize();
  #mirrored = performance.now();
  #stopped = false;
  /** The last telemetry is out, once the run was stopped. */
  #ended: Promise<void> = Promise.resolve();
  #silent = false;
  /** Requests that need the program at rest between two advances. */
  #requests: (() => Promise<void>)[] = [];
  #wake: () => void = () => undefined;

  private constructor(
    post: Post,
    start: StartMessage,
    { engine, training }: { engine: FallbackEngine; training: Training },
    begun: number,
    exporters: Exporters,
  ) {
    this.#post = (message, transfer) => {
      if (!this.#silent) post(message, transfer);
    };
    this.#training = training;
    this.#controls = new Controls(this.#post, start, training.step);
    const parts = { training, controls: this.#controls, engine };
    this.#reporter = new Reporter(this.#post, start, parts, begun, exporters);
    this.#presses = new Presses(this.#post, training, this.#reporter);
    this.#pictures = new PictureClock(start.pictures);
    this.#lookBack = new LookBack(this.#post, training, this.#sealed);
    this.#seat = new EngineSeat(
      engine,
      (text) => this.#post({ kind: 'notice', text }),
      () => this.#wake(),
    );
  }

  /**
   * Chooses the engine, loads the data, compiles, and trains until stopped. Posts `failed` where any of it cannot be done.
   * @param exporters who is told beside the page
   */
  static async run(post: Post, start: StartMessage, exporters: Exporters = {}): Promise<Runner | undefined> {
    const { recipe, generation, inheritance } = start;
    const say: Say = (text) => post({ kind: 'notice', text });
    const loading = (what: string, loaded = 0, total = 0): void =>
      post({ kind: 'loading', what, loaded, total });
    try {
      loading('the engine');
      const engine = await chooseEngine(start.engine, say);
      const dataset = await loadDataset(recipe, {
        file: fileLoader(start.base),
        progress: (loaded, total) => {
          loading(recipe.data, loaded, total);
        },
        own: start.own,
      });
      // Seconds on a software adapter, when it compiles the kernels.
      if (engine.id !== 'compiled.plain') loading('the network onto the GPU');
      const begun = Date.now();
      const training = await Training.start({ engine, recipe, generation, dataset, inheritance });
      const runner = new Runner(post, start, { engine, training }, begun, exporters);
      runner.#reporter.ready(engine);
      void runner.#loop();
      return runner;
    } catch (error) {
      post({ kind: 'failed', text: messageOf(error) });
      return undefined;
    }
  }

  receive(message: Exclude<ToWorker, StartMessage | ExportRequest>): void {
    switch (message.kind) {
      case 'intervene':
        this.#requests.push(() => this.#presses.fault(message));
        break;
      case 'fork':
        this.#requests.push(() => this.#presses.remedy(message));
        break;
      case 'judge':
        this.#requests.push(() => this.#presses.judge(message));
        break;
      case 'stop':
        this.#stop();
        break;
      case 'unseal':
        this.#sealed.open();
        break;
      case 'look':
        if (this.#lookBack.ask(message.step)) this.#requests.push(() => this.#showPast());
        break;
      case 'lend':
        this.#requests.push(() => this.#presses.lend(message));
        break;
      case 'watch-gradients':
        this.#pictures.watchGradients(message.watched);
        break;
      case 'otlp':
        void this.#reporter.otlp(message.item);
        break;
      case 'measure':
        this.#measure(message.levels);
        break;
      case 'watch-parameters':
        this.#reporter.budget.watchParameters(message.watched);
        break;
      case 'visible':
        this.#controls.ask(message, this.#training.step);
        if (!message.visible) void this.#reporter.rest();
        break;
      default:
        this.#controls.ask(message, this.#training.step);
    }
    this.#wake();
  }

  /** No levels call off a comparison that is under way. */
  #measure(levels: readonly TelemetryLevel[]): void {
    this.#reporter.budget.callOff();
    if (levels.length === 0) return;
    this.#requests.push(async () => {
      await this.#presses.drain();
      await this.#reporter.budget.compare(levels);
      this.#controls.rest();
    });
  }

  async #loop(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      try {
        await this.#turn();
      } catch (error) {
        if (this.#hasEnded()) return;
        // A lost device rejects whatever was under way; its recovery is due, or will be in a moment.
        const lost = await Promise.race([this.#seat.engine.lost, sleep(1000).then(() => null)]);
        if (lost === null && !this.#hasEnded()) this.#fail(error);
      }
    }
  }

  /** Lets go of the GPU, once. */
  #end(): void {
    this.#stopped = true;
    this.#reporter.budget.callOff();
    this.#ended = this.#reporter.end();
    this.#lookBack.forget();
    this.#training.dispose();
    this.#seat.dispose();
  }

  /** Asked by a call, since a message may have stopped the run during any await. */
  #hasEnded(): boolean {
    return this.#stopped;
  }

  /** The last rows may still raise something that telemetry should have. */
  #stop(): void {
    if (this.#stopped || !this.#training.isBehind) {
      this.#stopNow();
      return;
    }
    setTimeout(() => this.#stopNow(), lastRowsMilliseconds);
    this.#requests.unshift(async () => {
      await this.#presses.drain();
      this.#reporter.flush();
      this.#stopNow();
    });
  }

  #stopNow(): void {
    if (!this.#stopped) this.#end();
    void this.#ended.then(() => {
      this.#post({ kind: 'stopped' });
      this.#silent = true;
    });
  }

  #fail(error: unknown): void {
    this.#post({ kind: 'failed', text: messageOf(error) });
    this.#end();
  }

  async #turn(): Promise<void> {
    if (this.#seat.isLost) {
      await this.#seat.recover(this.#training, () => this.#reporter.ready(this.#seat.engine));
      return;
    }
    const [request] = this.#requests;
    if (request) {
      await request();
      // Only now: one that failed because the device went is done again after the recovery.
      this.#requests = this.#requests.filter((other) => other !== request);
      return;
    }
    if (this.#controls.isStepping) await this.#presses.drain();
    const steps = this.#controls.dueSteps(this.#training.step, this.#presses.areWaiting);
    const end = this.#training.step + steps;
    if (steps > 0) await this.#advance(steps);
    else if (this.#training.isBehind) this.#reporter.take(await this.#training.collect());
    if (this.#hasEnded()) return;
    this.#reporter.readyWhenChanged(this.#seat.engine);
    this.#mirrorWhenDue();
    await this.#drawWhenDue(this.#training.step < end);
    await this.#tellSealedWhenDue();
    this.#reporter.flushWhenDue();
    this.#controls.tellWhetherSlow(this.#training.step);
    if (!this.#isWanted()) await this.#rest(steps);
  }

  async #advance(steps: number): Promise<void> {
    const begun = performance.now();
    const end = this.#training.step + steps;
    while (this.#training.step < end && performance.now() - begun < sliceMilliseconds) {
      const stirred = await this.#advanceOnce(end - this.#training.step);
      if (stirred || this.#isWanted()) return;
      if (this.#presses.areWaiting && this.#training.learned) return this.#presses.release();
    }
  }

  async #advanceOnce(most: number): Promise<boolean> {
    const training = this.#training;
    const [step, begun] = [training.step, performance.now()];
    const chunk = Math.min(this.#chunk.of(this.#seat.engine.id), most);
    const advance = await training.advance(chunk, chunk);
    const computed = { steps: training.step - step, milliseconds: performance.now() - begun };
    const stirred = this.#reporter.take(advance, computed);
    this.#chunk.took(training.step - step, performance.now() - begun);
    return stirred;
  }

  #mirrorWhenDue(): void {
    const now = performance.now();
    if (now - this.#mirrored < mirrorMilliseconds) return;
    this.#mirrored = now;
    this.#training.mirror();
  }

  /** @param flatOut steps that were due are still to come */
  async #drawWhenDue(flatOut: boolean): Promise<void> {
    if (!this.#controls.isShown || !this.#pictures.isDue(this.#training.step)) return;
    this.#post({ kind: 'picture', picture: await this.#pictures.draw(this.#training, flatOut) });
  }

  #showPast(): Promise<void> {
    return this.#lookBack.answer(this.#seat.engine.current, this.#pictures.gradients);
  }

  async #tellSealedWhenDue(): Promise<void> {
    if (!this.#controls.isShown || !this.#sealed.isDue(this.#training.step)) return;
    this.#post({ kind: 'production', ...(await this.#sealed.figure(this.#training)) });
  }

  /** Something waits for its turn. */
  #isWanted(): boolean {
    return this.#requests.length > 0 || this.#seat.isLost || this.#stopped;
  }

  /** Waits for the next step that is due, a message, or just a turn of the event loop. */
  async #rest(steps: number): Promise<void> {
    if (this.#controls.isIdle()) {
      await this.#presses.drain();
      await this.#reporter.rest();
      await this.#drawAtRest();
      // A message may have come while the picture was drawn: only a run that is still idle may wait for the next one.
      if (this.#isWanted() || !this.#controls.isIdle()) return;
      this.#controls.rest();
      // A hidden tab is left in peace, and so is a run in the background that has come to its end.
      const beats = this.#controls.isShown && setInterval(() => this.#reporter.beat(), intervalMilliseconds);
      await new Promise<void>((resolve) => (this.#wake = resolve));
      if (beats) clearInterval(beats);
      return;
    }
    const fast = steps === Infinity || this.#presses.areWaiting || this.#controls.isFast(this.#training.step);
    await (fast ? nextTask() : sleep(frameMilliseconds / 2));
  }

  /** The last picture of a run at rest must show the step at which it rests. */
  async #drawAtRest(): Promise<void> {
    this.#pictures.hurry();
    this.#sealed.hurry();
    await this.#drawWhenDue(false);
    await this.#tellSealedWhenDue();
  }
}
