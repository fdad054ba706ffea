// One run on the page: it owns a worker and holds everything that the worker has said.
import { rowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Change } from '../../core/change.ts';
import { generationEntries, type Intervention } from '../../core/timeline.ts';
import type {
  Detected,
  ForkEntry,
  FromWorker,
  Inheritance,
  Pace,
  Picture,
  StartMessage,
  TelemetryItem,
  ToWorker,
} from '../../worker/protocol.ts';
import { isAlert } from '../../detectors/index.ts';
import { Emitted } from './emitted.svelte.ts';
import { alertsOf, eventStep } from './alerts.ts';
import { chapterOf, startOf, type Position } from './chapter.ts';
import type { FrameQueue } from './frameQueue.ts';
import { History } from './history.svelte.ts';
import { pageBase, startWorker } from './thread.ts';

export type Status =
  | { readonly kind: 'loading'; readonly what: string; readonly loaded: number; readonly total: number }
  | { readonly kind: 'training' }
  | { readonly kind: 'paused'; readonly reason: 'asked' | 'alert' | 'limit' }
  | { readonly kind: 'failed'; readonly text: string };

export type Ready = Extract<FromWorker, { kind: 'ready' }>;
export type Sealed = Extract<FromWorker, { kind: 'production' }>;
export type Forked = Extract<FromWorker, { kind: 'forked' }>;

export interface RunListener {
  onready(run: Run): void;
  onforked(run: Run, fork: Forked): void;
  onrows(run: Run): void;
  onnotice(text: string): void;
}

/** What a run leaves to the one that is forked from it, beside state and rows. */
export interface Bequest {
  readonly runId: string;
  readonly detected: readonly Detected[];
}

/** What a run is started with; the rest of the worker's `start` follows from it. */
export interface RunRequest extends Pick<
  StartMessage,
  'engine' | 'pace' | 'paused' | 'atAlert' | 'pictures'
> {
  /** On the track and the charts: A, B, … */
  readonly name: string;
  readonly recipe: Recipe;
  readonly generation: number;
  readonly inheritance?: Inheritance;
  /** Of the run that it was forked from: its findings go with the rows. */
  readonly parent?: Bequest;
  readonly until?: number;
  /** Where messages wait for the next frame. */
  readonly frames: FrameQueue;
  /** Hears what a run emitted, once it has ended. */
  readonly onended: (items: readonly TelemetryItem[]) => void;
  /** Who hears of it; nobody of a run in the background. */
  readonly listener?: RunListener;
}

/** Time in which a thread that is told to stop hands over its last spans. */
const lastWordsMs = 1000;
let started = 0;

export class Run {
  readonly id: string;
  readonly name: string;
  readonly generation: number;
  readonly parentId: string | undefined;
  recipe: Recipe = $state.raw() as Recipe;
  status: Status = $state.raw({ kind: 'loading', what: 'the training thread', loaded: 0, total: 0 });
  ready: Ready | undefined = $state.raw();
  history: History | undefined = $state.raw();
  picture: Picture | null = $state.raw(null);
  /** How much is right on what users send: the sealed figure, once it was asked for. */
  production: Sealed | undefined = $state.raw();
  checkpoints: readonly number[] = $state.raw([]);
  readonly telemetry = new Emitted();
  waiting: { readonly by: string; readonly untilAbout: number } | undefined = $state.raw();
  /** A press was sent, and the worker has not answered yet: what it will lead to is not known. */
  answering = false;
  slowed = $state(false);
  stepsPerSecond = $state(0);
  #detected: readonly Detected[] = $state.raw([]);
  #announced: number;
  #disposed = false;
  /** Until there is a history that holds them. */
  #inheritedRows: Uint32Array | undefined;
  readonly #listener: RunListener | undefined;
  readonly #onended: RunRequest['onended'];
  readonly #worker: Worker;

  /** Step of the last row, or −1. */
  readonly lastStep = $derived(this.history && this.history.version >= 0 ? this.history.lastStep : -1);
  readonly position: Position = $derived.by(() => {
    const { recipe, generation } = this;
    return {
      recipe,
      generation,
      step: Math.max(this.lastStep + 1, startOf({ recipe, generation, step: 0 })),
    };
  });
  readonly chapter = $derived(chapterOf(this.position));
  readonly #episodes = $derived(alertsOf(this.#detected));
  /** Every alert, inherited ones first. */
  readonly alerts = $derived(this.#episodes.filter(({ finding }) => isAlert(finding)));
  /** Times in which a signal was not there: the lamps and the narrator tell of them. */
  readonly gaps = $derived(this.#episodes.filter(({ finding }) => !isAlert(finding)));
  /** The alerts that this run raised itself. */
  readonly ownAlerts = $derived.by(() => {
    const start = startOf(this.position);
    return this.alerts.filter(({ raisedAt }) => raisedAt >= start);
  });
  readonly active = $derived(this.alerts.filter(({ resolvedAt }) => resolvedAt === undefined));

  constructor(request: RunRequest) {
    this.#listener = request.listener;
    this.#onended = request.onended;
    this.id = `run-${++started}`;
    this.name = request.name;
    this.recipe = request.recipe;
    this.generation = request.generation;
    this.parentId = request.parent?.runId;
    this.#detected = request.parent?.detected ?? [];
    this.#inheritedRows = request.inheritance?.rows;
    this.#announced = this.#inheritedEntries();
    this.#worker = startWorker();
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) =>
      request.frames.enqueue(() => this.#hear(data)),
    );
    this.#worker.addEventListener('error', (event) => this.#fail(event.message));
    this.#worker.addEventListener('messageerror', () => this.#fail('a message could not be read'));
    this.#start(request);
  }

  /** Interventions that have taken effect, the ancestors' included. */
  get happened(): readonly Intervention[] {
    const { inherited, own } = generationEntries(this.recipe.timeline, this.generation);
    return [
      ...inherited,
      ...own.filter((entry, index) => (index === 0 && this.generation > 0) || entry.at <= this.lastStep + 1),
    ];
  }

  get failed(): string | undefined {
    return this.status.kind === 'failed' ? this.status.text : undefined;
  }

  get paused(): boolean {
    return this.status.kind === 'paused';
  }

  pace(pace: Pace, atAlert: StartMessage['atAlert']): void {
    this.#send({ kind: 'pace', pace, atAlert });
  }

  pause(paused: boolean): void {
    this.#send({ kind: 'pause', paused });
  }

  step(): void {
    this.#send({ kind: 'step' });
  }

  background(until: number): void {
    this.#send({ kind: 'background', pace: 'max', until });
  }

  intervene(by: string, change: Change, whenLearned: boolean): void {
    this.answering = true;
    this.#send({ kind: 'intervene', by, change, whenLearned });
  }

  fork(entries: readonly ForkEntry[]): void {
    this.answering = true;
    this.#send({ kind: 'fork', entries });
  }

  /** By these thresholds, of all rows so far too: the recipe has them at once, the findings follow. */
  judge(thresholds: Recipe['thresholds']): void {
    this.recipe = { ...this.recipe, thresholds };
    this.#send({ kind: 'judge', thresholds });
  }

  /** Asks for the figure that nobody emits, from now on. */
  unseal(): void {
    this.#send({ kind: 'unseal' });
  }

  visible(visible: boolean): void {
    this.#send({ kind: 'visible', visible });
  }

  /** What a run forked from the rows below `step` inherits. */
  bequest(step: number): Bequest {
    return { runId: this.id, detected: this.#detected.filter(({ event }) => eventStep(event) < step) };
  }

  /** Ends the thread: at once for the page, as soon as the last spans are out for telemetry. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#send({ kind: 'stop' });
    setTimeout(() => this.#worker.terminate(), lastWordsMs);
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #start(request: RunRequest): void {
    const { recipe, generation, inheritance, pace, paused, atAlert, pictures, until } = request;
    this.#send({
      kind: 'start',
      runId: this.id,
      recipe,
      generation,
      ...(inheritance && { inheritance }),
      engine: request.engine,
      base: pageBase(),
      pace,
      paused,
      hidden: document.hidden,
      atAlert,
      pictures,
      ...(until !== undefined && { until }),
    });
  }

  /** Entries that this run starts with: its ancestors' and the one that opened it. */
  #inheritedEntries(): number {
    if (this.generation === 0) return 0;
    return generationEntries(this.recipe.timeline, this.generation).inherited.length + 1;
  }

  #fail(cause: string): void {
    this.status = { kind: 'failed', text: `The training thread stopped: ${cause || 'it did not load'}.` };
  }

  #hear(message: FromWorker): void {
    if (this.#disposed) {
      this.#hearLast(message);
      return;
    }
    if (message.kind === 'intervened' || message.kind === 'waiting' || message.kind === 'forked')
      this.answering = false;
    switch (message.kind) {
      case 'loading':
        this.status = message;
        return;
      case 'ready':
        this.#begin(message);
        return;
      case 'rows':
        this.#takeRows(message);
        return;
      case 'detected':
        this.#detected = [...this.#detected, message];
        return;
      case 'judged':
        this.#detected = message.detected;
        return;
      case 'intervened':
        this.#record(message.entry);
        return;
      case 'waiting':
        this.waiting = message;
        return;
      case 'forked':
        this.#listener?.onforked(this, message);
        return;
      case 'paused':
        this.status = message.paused ? { kind: 'paused', reason: message.reason } : { kind: 'training' };
        return;
      case 'slowed':
        this.slowed = message.slowed;
        return;
      case 'picture':
        this.picture = message.picture;
        return;
      case 'production':
        this.production = message;
        return;
      case 'telemetry':
        this.telemetry.add(message.items);
        return;
      case 'notice':
        this.#listener?.onnotice(message.text);
        return;
      case 'failed':
        this.status = message;
        return;
      case 'stopped':
        return;
    }
  }

  #hearLast(message: FromWorker): void {
    if (message.kind === 'telemetry') this.#onended([...this.telemetry.take(), ...message.items]);
    if (message.kind === 'stopped') this.#worker.terminate();
  }

  #begin(message: Ready): void {
    const { validateEvery } = this.recipe;
    this.ready = message;
    // An engine that is replaced says so again; what the run has seen stays.
    this.history ??= new History(
      rowLayout(message.columns),
      validateEvery,
      message.classes,
      this.#inheritedRows,
    );
    this.#inheritedRows = undefined;
    if (this.status.kind === 'loading') this.status = { kind: 'training' };
    this.#listener?.onready(this);
  }

  #takeRows({ words, stepsPerSecond, checkpoints }: Extract<FromWorker, { kind: 'rows' }>): void {
    this.history?.append(words);
    this.stepsPerSecond = stepsPerSecond;
    this.checkpoints = checkpoints;
    this.#listener?.onrows(this);
  }

  /** An entry of a link is in the timeline already; a live one replaces whatever the link still had ahead. */
  #record(entry: Intervention): void {
    this.waiting = undefined;
    const known = this.recipe.timeline[this.#announced];
    if (JSON.stringify(known) !== JSON.stringify(entry)) {
      this.recipe = { ...this.recipe, timeline: [...this.recipe.timeline.slice(0, this.#announced), entry] };
    }
    this.#announced++;
  }
}
