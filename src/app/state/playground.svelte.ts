// The playground: the run looked at, the one that it was forked from, the one without the fault, and what a person can press.
import { createContext } from 'svelte';
import type { ChangeOf } from '../../core/change.ts';
import { describeProblem, type Recipe, type RecipeField, type RecipeProblem } from '../../core/recipe.ts';
import type { Intervention } from '../../core/timeline.ts';
import type { OwnTable } from '../../data/csv/ownTable.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { scenarioOf } from '../../scenarios/index.ts';
import type { EngineChoice, Pace } from '../../worker/protocol.ts';
import { writeAddress } from './address.ts';
import { mainAlert, type Alert } from './alerts.ts';
import { callNotLoaded, Calling } from './calling.svelte.ts';
import type { CallPlay } from './callPlay.svelte.ts';
import { settingsNow } from './chapter.ts';
import { Edits } from './edits.svelte.ts';
import type { Emitted } from './emitted.svelte.ts';
import { Exporting } from './exporting.svelte.ts';
import { ExportSettings, machineStorage } from './exportSettings.svelte.ts';
import { HeardRuns } from './heardRuns.ts';
import { Interventions } from './interventions.svelte.ts';
import type { LessonPlay } from './lessonPlay.svelte.ts';
import type { Linked } from './linked.ts';
import { linkNotices } from './linkNotices.ts';
import { LookBack } from './lookBack.svelte.ts';
import { Notices } from './notices.svelte.ts';
import type { OwnStart } from './ownStart.ts';
import { Readings } from './readings.svelte.ts';
import type { Run } from './run.svelte.ts';
import { Runs } from './runs.svelte.ts';
import { Shipping } from './shipping.svelte.ts';
import { readAddress, type ReadAddress } from './readAddress.ts';
import { fromStart, stagedEntries } from './staging.ts';
import { notLoaded, Teaching } from './teaching.svelte.ts';
import { View } from './view.svelte.ts';

export interface PlaygroundOptions {
  /** The page's query string. */
  readonly search: string;
  readonly reducedMotion: boolean;
  /** What the query string names beside a recipe. */
  readonly linked?: Linked | undefined;
}

export class Playground {
  readonly view = new View();
  readonly readings = new Readings(this);
  readonly notices = new Notices();
  readonly exporting = new Exporting(new ExportSettings(machineStorage()));
  readonly lookBack = new LookBack(this);
  readonly shipping = new Shipping(this);
  scenario: Scenario = $state.raw() as Scenario;
  engine: EngineChoice = $state('auto');
  pace: Pace = $state(60);
  problems: readonly RecipeProblem[] = $state.raw([]);
  /** The table that a person brought. */
  own: OwnTable | undefined = $state.raw();
  /** What a link asks for whose table is not on this machine: replayed once it is brought. */
  awaited: Recipe | undefined = $state.raw();
  readonly #runs: Runs;
  readonly #interventions: Interventions;
  readonly #edits: Edits;
  readonly #teaching: Teaching;
  readonly #calling: Calling;
  readonly #atAlert: 'slow' | 'pause';

  readonly canUndo = $derived(
    this.asksFirst === undefined && (this.hasPast || this.looked.happened.length > 0),
  );
  readonly paused = $derived(this.looked.paused);
  /** The alert that the card is about; an alert that is over stays while the fault that raised it does. */
  readonly alert = $derived.by(() => {
    const shown = mainAlert(this.looked.ownAlerts);
    const isPast = shown?.resolvedAt !== undefined && this.looked.chapter !== 'broken';
    return isPast ? undefined : shown;
  });
  /** Every weight of the run looked at is emitted. */
  readonly isPerWeight = $derived(settingsNow(this.looked.position).telemetry === 'per-weight');
  /** They stand in place of the charts. */
  readonly isWalled = $derived(this.isPerWeight && this.view.wall && this.mustCall === undefined);
  readonly #opened = $derived({ taught: this.lesson, day: this.call?.call.day });
  readonly #conditions = $derived({ engine: this.engine, pace: this.pace });
  /** A link that waits for its table stays what it was until something is pressed. */
  readonly #addressed = $derived(this.canUndo ? this.looked.recipe : (this.awaited ?? this.looked.recipe));
  /** The query string that replays the run looked at, or opens its lesson again, for whoever it is sent to. */
  readonly link = $derived(writeAddress(this.#addressed, this.#conditions, this.#opened));
  /** The same with how this page is shown: its own address. */
  readonly address = $derived(
    writeAddress(this.#addressed, this.#conditions, { ...this.#opened, shown: this.view.shown }),
  );

  constructor({ search, reducedMotion, linked = {} }: PlaygroundOptions) {
    const read = readAddress(search);
    [this.scenario, this.engine, this.pace] = [read.scenario, read.engine, read.pace];
    this.view.shown = read.shown;
    this.problems = read.problems;
    this.#atAlert = reducedMotion ? 'pause' : 'slow';
    this.#runs = new Runs(
      new HeardRuns(this, () => ({
        interventions: this.#interventions,
        teaching: this.#teaching,
        calling: this.#calling,
      })),
    );
    this.#interventions = new Interventions(this, this.#runs);
    this.#edits = new Edits(this, this.#runs, this.#interventions);
    this.#teaching = new Teaching(this);
    this.#calling = new Calling(this);
    this.#openLink(read, linked);
    this.#tellOfLink(read, linked);
  }

  #openLink({ lesson, recipe }: ReadAddress, { taught, called, own }: Linked): void {
    if (lesson.entry && taught) this.#teaching.openLink(taught, lesson.keepsBack);
    else if (called) this.#calling.begin(called);
    else if (own) this.openOwn(own, recipe);
    else if (recipe.data === 'own') this.#await(recipe);
    else this.restart(recipe);
  }

  /** What is wrong with a link is told whatever it opens; in a lesson and in a call the narrator has other things to say. */
  #tellOfLink({ problems, ignored, lesson, besideCall }: ReadAddress, linked: Linked): void {
    const { taught, called, trouble } = linked;
    if (this.lesson ?? this.call) for (const problem of problems) this.notices.add(describeProblem(problem));
    else if (linked.own) this.problems = problems;
    if (trouble !== undefined) this.notices.add(trouble);
    if (besideCall && !called) this.notices.add(callNotLoaded);
    if (lesson.entry && !taught) this.notices.add(notLoaded);
    const besideLesson = this.lesson ? lesson.ignored : [];
    for (const text of linkNotices(ignored, besideLesson, this.call && besideCall)) this.notices.add(text);
  }

  get looked(): Run {
    return this.#runs.looked;
  }

  /** The lesson under way. */
  get lesson(): LessonPlay | undefined {
    return this.#teaching.lesson;
  }

  /** The run of a day under way, as long as it is looked at. */
  get call(): CallPlay | undefined {
    return this.#calling.play;
  }

  /** Why nothing may be pressed that would tell, or change, what is to be called. */
  get mustCall(): string | undefined {
    return this.call?.isCovered ? 'Call it first.' : undefined;
  }

  /** Why nothing may be pressed that would tell what has happened. */
  get asksFirst(): string | undefined {
    return this.covers.happened ? (this.mustCall ?? 'The lesson asks first.') : undefined;
  }

  /** What would tell now. */
  get covers(): Partial<LessonPlay['covers']> {
    const isCovered = this.mustCall !== undefined;
    return this.lesson?.covers ?? { lamps: isCovered, happened: isCovered };
  }

  /** Of the run looked at, with the one that is being dragged. */
  get thresholds(): Recipe['thresholds'] {
    return this.#edits.thresholds;
  }

  /** A press of this page can be taken back without losing what a link brought. */
  get hasPast(): boolean {
    return this.#interventions.past.last !== undefined;
  }

  get canReplay(): boolean {
    return this.#interventions.canReplay;
  }

  /** The entries that came with the scenario, as far as the run has them: nobody pressed them. */
  get staged(): readonly Intervention[] {
    return stagedEntries(this.looked.recipe, this.scenario);
  }

  /** The run that the one looked at was forked from. */
  get before(): Run | undefined {
    return this.#runs.before;
  }

  get twin(): Run | undefined {
    return this.#runs.twin;
  }

  /** Spans and events of all runs, those that have ended included. */
  get emitted(): readonly Emitted[] {
    return [this.#runs.ended, ...this.#runs.all.map(({ telemetry }) => telemetry)];
  }

  /** The run without the fault is drawn: a repair is compared with it, and it may be asked for. */
  get showsTwin(): boolean {
    return this.mustCall === undefined && (this.view.twin ?? this.before !== undefined);
  }

  /** Draws the run without the fault beside this one, or takes it out. */
  toggleTwin(): void {
    if (this.mustCall) return;
    this.view.twin = !this.showsTwin;
    if (this.view.twin) this.#runs.compare();
  }

  /** Ships the run as it is: opens the sealed figure, how much is right on what users send, and the post-mortem. */
  ship(): void {
    if (this.looked.lastStep < 0 || this.mustCall || this.lesson?.takes('ship')) return;
    this.view.unsealed = true;
    for (const run of this.#runs.all) run.unseal();
    this.looked.pause(true);
    this.view.shipped = this.looked.id;
    this.view.cursor = null;
  }

  readonly pressFault = (id: string) => {
    if (!this.mustCall) this.#interventions.pressFault(id);
  };
  /** @param answered the alert, or the gap, that the remedy was offered for; absent = the one that the card is about */
  readonly pressRemedy = (id: string, answered?: Alert) => this.#interventions.pressRemedy(id, answered);
  readonly pressDrift = (change: ChangeOf<'drift'>) => {
    if (!this.mustCall) this.#interventions.pressDrift(change);
  };
  readonly blindfold = (unemitted: readonly string[]) => {
    if (!this.mustCall) this.#interventions.blindfold(unemitted);
  };
  readonly replayUnhidden = (step: number) => this.#interventions.replayUnhidden(step);
  readonly rewind = (step: number) => this.#interventions.rewind(step);
  readonly wouldItHaveHeld = () => this.#interventions.wouldItHaveHeld();
  readonly resumeAt = (generation: number, step: number) => this.#interventions.resumeAt(generation, step);
  /** Refused, it says the same before something has struck and after. */
  readonly undo = () => {
    if (this.asksFirst) this.notices.add(this.asksFirst);
    else this.#interventions.undo();
  };
  readonly edit = (field: RecipeField, value: unknown) => this.#edits.edit(field, value);
  readonly dragThreshold = (name: string, value: number) => this.#edits.dragThreshold(name, value);
  readonly dropThreshold = () => this.#edits.dropThreshold();
  readonly openLesson = (id: string, keepsBack = false) => this.#teaching.openLesson(id, keepsBack);
  readonly leaveLesson = () => this.#teaching.leaveLesson();
  readonly openCall = () => this.#calling.open();
  readonly leaveCall = () => this.#calling.leave();

  /**
   * Step 0, without anything that was pressed: the scenario as the menu opens it, with its own timeline and what was changed of its recipe.
   * Layers for which its timeline was not made go with what was pressed.
   */
  reset(): void {
    if (this.lesson) this.#teaching.restart();
    else if (this.call) this.#calling.restart();
    else this.begin(fromStart(this.looked.recipe, this.scenario));
  }

  /** Another fault on a new run, as soon as that has learned. */
  wreckAnew(id: string): void {
    this.leaveLesson();
    this.begin({ ...this.looked.recipe, timeline: [] });
    this.#interventions.pending = id;
  }

  setScenario(id: string): void {
    const scenario = scenarioOf(id);
    if (!scenario) return;
    this.leaveLesson();
    this.scenario = scenario;
    this.begin(scenario.recipe);
  }

  /** Trains on a table that a person brought. */
  openOwn({ table, scenario }: OwnStart, recipe = scenario.recipe): void {
    this.leaveLesson();
    this.own = table;
    this.scenario = scenario;
    this.begin(recipe);
  }

  /** The scenario's own run, and the place where the table can be brought. */
  #await(recipe: Recipe): void {
    this.restart(this.scenario.recipe);
    this.awaited = recipe;
    this.view.drawer = 'own-data';
    const reason = 'this table stays on the machine of whoever made the link; bring it under “Own data”';
    this.problems = [...this.problems, { field: 'own', value: recipe.own.split(':')[1], reason }];
  }

  setEngine(engine: EngineChoice): void {
    if (engine === this.engine) return;
    this.engine = engine;
    if (this.call) this.#calling.restart();
    else this.restart(this.looked.recipe);
  }

  setPace(pace: Pace): void {
    this.pace = pace;
    this.looked.pace(pace, this.atAlert);
  }

  /** What an alert does to the pace of a run: a lesson stops by itself, and slows down where there is something to watch. */
  get atAlert(): 'slow' | 'pause' | 'nothing' {
    if (this.call) return 'nothing';
    if (!this.lesson) return this.#atAlert;
    return this.lesson.slows && this.#atAlert === 'slow' ? 'slow' : 'nothing';
  }

  /** In a lesson a run that waits for the person goes on with the next beat. */
  togglePause(): void {
    if (this.lesson?.isResting) this.lesson.skip();
    else if (this.call?.phase === 'running') this.call.stop();
    else if (this.call?.phase === 'naming') this.call.goOn();
    else {
      this.view.shipped = undefined;
      this.looked.pause(!this.paused);
    }
  }

  step(): void {
    if (this.mustCall) return;
    this.view.shipped = undefined;
    if (!this.paused) this.looked.pause(true);
    this.looked.step();
  }

  setVisible(visible: boolean): void {
    for (const run of this.#runs.all) run.visible(visible);
  }

  dispose(): void {
    this.#runs.dispose();
  }

  /** A new story: nothing of the old one can be undone. */
  begin(recipe: Recipe): void {
    this.#interventions.past.forget();
    this.problems = [];
    this.restart(recipe);
  }

  /** A recipe from step 0. */
  restart(recipe: Recipe): void {
    this.#interventions.past.arrive();
    this.#interventions.pending = undefined;
    this.awaited = undefined;
    this.view.sealAgain();
    this.#edits.dragged = {};
    this.#runs.restart(recipe, false);
  }
}

export const [getPlayground, setPlayground] = createContext<Playground>();
