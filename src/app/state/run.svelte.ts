// One run on the page: it owns a worker and holds everything that the worker has said.
import { rowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Change } from '../../core/change.ts';
import type { Intervention } from '../../core/timeline.ts';
import type {
  Detected,
  ForkEntry,
  FromWorker,
  Inheritance,
  Otlp,
  Pace,
  Picture,
  StartMessage,
} from '../../worker/protocol.ts';
import { chanceOf } from '../../data/dataset.ts';
import { isAlert } from '../../detectors/index.ts';
import { Emitted } from './emitted.svelte.ts';
import { alertsOf, eventStep } from './alerts.ts';
import { chapterOf, startOf, type Position } from './chapter.ts';
import type { ExportLine } from './exporting.svelte.ts';
import { History } from './history.svelte.ts';
import { Questions } from './questions.ts';
import type { Bequest, RunListener, RunRequest } from './runRequest.ts';
import { TelemetryCosts } from './telemetryCosts.svelte.ts';
import { Thread } from './thread.ts';
import { entriesAtStart, happenedEntries, recorded } from './timelineSoFar.ts';
import { Weights } from './weights.svelte.ts';

export type Status =
  | { readonly kind: 'loading'; readonly what: string; readonly loaded: number; readonly total: number }
  | { readonly kind: 'training' }
  | { readonly kind: 'paused'; readonly reason: 'asked' | 'alert' | 'limit' }
  | { readonly kind: 'failed'; readonly text: string };

export type Ready = Extract<FromWorker, { kind: 'ready' }>;
export type Sealed = Extract<FromWorker, { kind: 'production' }>;
export type Past = Extract<FromWorker, { kind: 'past' }>;
export type Forked = Extract<FromWorker, { kind: 'forked' }>;

let started = 0;
/** Of this page: thirty browsers may send to one collector, where a run goes by its id. */
const [pageId = 0] = crypto.getRandomValues(new Uint32Array(1));

export class Run {
  /** Its `service.instance.id`. */
  readonly id: string;
  readonly name: string;
  readonly generation: number;
  readonly parentId: string | undefined;
  recipe: Recipe = $state.raw() as Recipe;
  status: Status = $state.raw({ kind: 'loading', what: 'the training thread', loaded: 0, total: 0 });
  ready: Ready | undefined = $state.raw();
  history: History | undefined = $state.raw();
  picture: Picture | null = $state.raw(null);
  /** The last one before anything was pressed: what a broken network is held against. */
  soundPicture: Picture | null = null;
  /** How much is right on what users send: the sealed figure, once it was asked for. */
  production: Sealed | undefined = $state.raw();
  /** The network at the step looked back at, or at the one before it while that is computed. */
  past: Past | undefined = $state.raw();
  checkpoints: readonly number[] = $state.raw([]);
  readonly weights = new Weights();
  readonly #questions = new Questions<Otlp>((item) => this.#thread.send({ kind: 'otlp', item }));
  readonly #loans = new Questions<Inheritance>((step) => this.#thread.send({ kind: 'lend', step }));
  readonly telemetry: Emitted;
  readonly costs = new TelemetryCosts((message) => this.#thread.send(message));
  waiting: { readonly by: string; readonly untilAbout: number } | undefined = $state.raw();
  /** A press was sent, and the worker has not answered yet: what it will lead to is not known. */
  answering = $state(false);
  slowed = $state(false);
  stepsPerSecond = $state(0);
  #detected: readonly Detected[] = $state.raw([]);
  #announced: number;
  /** Until there is a history that holds them. */
  #inheritedRows: Uint32Array | undefined;
  #isLookedBack = false;
  #areGradientsWatched = false;
  readonly #listener: RunListener | undefined;
  readonly #onended: RunRequest['onended'];
  readonly #thread: Thread;
  readonly #export: ExportLine | undefined;

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
  /** All that its detectors reported, the ancestors' included. */
  readonly events = $derived(this.#detected.map(({ event }) => event));
  readonly active = $derived(this.alerts.filter(({ resolvedAt }) => resolvedAt === undefined));

  constructor(request: RunRequest) {
    this.#listener = request.listener;
    this.#onended = request.onended;
    this.id = `run-${pageId.toString(16).padStart(8, '0')}-${++started}`;
    this.name = request.name;
    this.telemetry = new Emitted(request.name, (item) => this.#questions.ask(item));
    this.recipe = request.recipe;
    this.generation = request.generation;
    this.parentId = request.parent?.runId;
    this.#detected = request.parent?.detected ?? [];
    this.#inheritedRows = request.inheritance?.rows;
    this.#announced = entriesAtStart(this.position);
    this.#thread = new Thread(this.id, request, request.frames, {
      hear: (message) => this.#hear(message),
      fail: (cause) => this.#fail(`The training thread stopped: ${cause || 'it did not load'}.`),
    });
    this.#export = request.exporting?.join((message) => this.#thread.send(message));
  }

  /** Interventions that have taken effect, the ancestors' included. */
  get happened(): readonly Intervention[] {
    return happenedEntries({ ...this.position, step: this.lastStep + 1 });
  }

  get failed(): string | undefined {
    return this.status.kind === 'failed' ? this.status.text : undefined;
  }

  get paused(): boolean {
    return this.status.kind === 'paused';
  }

  pace(pace: Pace, atAlert: StartMessage['atAlert']): void {
    this.#thread.send({ kind: 'pace', pace, atAlert });
  }

  pause(paused: boolean): void {
    this.#thread.send({ kind: 'pause', paused });
  }

  step(): void {
    this.#thread.send({ kind: 'step' });
  }

  /** Pauses by itself once this step is reached; null = as usual. */
  halt(at: number | null): void {
    this.#thread.send({ kind: 'halt', at });
  }

  /** Asks for parameters, or for no more. */
  watchParameters(watched: boolean): void {
    this.#thread.send({ kind: 'watch-parameters', watched });
  }

  /** Asks for the network as it stood at an earlier step; null = no more of that. */
  look(step: number | null): void {
    if (step !== null || this.#isLookedBack) this.#thread.send({ kind: 'look', step });
    this.#isLookedBack = step !== null;
  }

  /** Whether pictures are to have the gradient of each neuron. */
  watchGradients(watched: boolean): void {
    if (watched !== this.#areGradientsWatched) this.#thread.send({ kind: 'watch-gradients', watched });
    this.#areGradientsWatched = watched;
  }

  background(until: number): void {
    this.costs.stayBehind();
    this.#thread.send({ kind: 'background', pace: 'max', until });
  }

  intervene(by: string, change: Change, whenLearned: boolean): void {
    this.answering = true;
    this.#thread.send({ kind: 'intervene', by, change, whenLearned });
  }

  fork(entries: readonly ForkEntry[]): void {
    this.answering = true;
    this.#thread.send({ kind: 'fork', entries });
  }

  /** By these thresholds, of all rows so far too: the recipe has them at once, the findings follow. */
  judge(thresholds: Recipe['thresholds']): void {
    this.recipe = { ...this.recipe, thresholds };
    this.#thread.send({ kind: 'judge', thresholds });
  }

  /** Asks for the figure that nobody emits, from now on. */
  unseal(): void {
    this.#thread.send({ kind: 'unseal' });
  }

  visible(visible: boolean): void {
    this.#thread.send({ kind: 'visible', visible });
  }

  /** What a run forked from the rows below `step` inherits. */
  bequest(step: number): Bequest {
    return { runId: this.id, detected: this.#detected.filter(({ event }) => eventStep(event) < step) };
  }

  /** What a run that is the same up to a step takes over there; null = it has to train those steps itself. */
  lend(step: number): Promise<Inheritance | null> {
    return this.failed === undefined ? this.#loans.ask(step) : Promise.resolve(null);
  }

  /** Ends the thread: at once for the page, as soon as the last spans are out for telemetry. */
  dispose(): void {
    this.#giveUp();
    this.#export?.leave();
    this.#thread.stop({
      emitted: (items) => this.#onended([...this.telemetry.take(), ...items]),
      exported: (answer) => this.#export?.hear(answer),
    });
  }

  #fail(text: string): void {
    this.#giveUp();
    this.costs.end();
    this.status = { kind: 'failed', text };
  }

  /** Nobody answers any more. */
  #giveUp(): void {
    this.#questions.giveUp();
    this.#loans.giveUp();
  }

  #hear(message: FromWorker): void {
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
        if (this.chapter === 'healthy') this.soundPicture = message.picture;
        return;
      case 'past':
        if (this.#isLookedBack) this.past = message;
        return;
      case 'production':
        this.production = message;
        return;
      case 'telemetry':
        this.telemetry.add(message.items);
        return;
      case 'otlp':
        this.#questions.answer(message.item, message.otlp);
        return;
      case 'lent':
        this.#loans.answer(message.step, message.inheritance);
        return;
      case 'parameters':
        this.weights.take(message);
        return;
      case 'export-state':
      case 'export-refused':
      case 'export-tested':
        this.#export?.hear(message);
        return;
      case 'cost':
      case 'measuring':
      case 'measured':
        this.costs.hear(message);
        return;
      case 'notice':
        this.#listener?.onnotice(message.text);
        return;
      case 'failed':
        this.#fail(message.text);
        return;
      case 'stopped':
        return;
    }
  }

  #begin(message: Ready): void {
    const { validateEvery } = this.recipe;
    this.ready = message;
    // An engine that is replaced says so again; what the run has seen stays.
    this.history ??= new History(
      rowLayout(message.columns),
      validateEvery,
      chanceOf(message),
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

  #record(entry: Intervention): void {
    this.waiting = undefined;
    this.recipe = recorded(this.recipe, this.#announced, entry);
    this.#announced++;
  }
}
