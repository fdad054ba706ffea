// The playground: the run looked at, the one that it was forked from, the one without the fault, and what a person can press.
import { createContext } from 'svelte';
import { parseRecipe } from '../../data/index.ts';
import {
  describeProblem,
  RecipeError,
  type Recipe,
  type RecipeField,
  type RecipeProblem,
} from '../../core/recipe.ts';
import { settingFields, type SettingField } from '../../core/settings.ts';
import type { ChangeOf } from '../../core/change.ts';
import type { Intervention } from '../../core/timeline.ts';
import { faultOf } from '../../faults/index.ts';
import { lessonOf } from '../../lessons/index.ts';
import { remedyOf } from '../../remedies/index.ts';
import { readLink } from '../../scenarios/link.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { defaultScenario, scenarioOf } from '../../scenarios/index.ts';
import type { EngineChoice, Pace } from '../../worker/protocol.ts';
import { readConditions, readLesson, usualPace, writeAddress } from './address.ts';
import { mainAlert } from './alerts.ts';
import { settingsNow } from './chapter.ts';
import type { Emitted } from './emitted.svelte.ts';
import { Exporting } from './exporting.svelte.ts';
import { ExportSettings, machineStorage } from './exportSettings.svelte.ts';
import { withoutBlindfold } from './blindfold.ts';
import {
  driftFault,
  faultContext,
  freshStartEntries,
  heldEntries,
  needsFreshRun,
  remedyEntries,
} from './presses.ts';
import { LessonPlay } from './lessonPlay.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Past } from './past.svelte.ts';
import { Readings } from './readings.svelte.ts';
import type { Run } from './run.svelte.ts';
import { Runs, type RunsOwner } from './runs.svelte.ts';
import { Shipping } from './shipping.svelte.ts';
import { editedByHand, fromStart, stagedEntries } from './staging.ts';
import { View } from './view.svelte.ts';

export interface PlaygroundOptions {
  /** The page's query string. */
  readonly search: string;
  readonly reducedMotion: boolean;
}

export class Playground {
  readonly view = new View();
  readonly readings = new Readings(this);
  readonly notices = new Notices();
  readonly exporting = new Exporting(new ExportSettings(machineStorage()));
  readonly shipping = new Shipping(this);
  scenario: Scenario = $state.raw() as Scenario;
  /** The lesson under way. */
  lesson: LessonPlay | undefined = $state.raw();
  engine: EngineChoice = $state('auto');
  pace: Pace = $state(60);
  problems: readonly RecipeProblem[] = $state.raw([]);
  #dragged: Recipe['thresholds'] = $state.raw({});
  readonly #past = new Past();
  readonly #runs: Runs;
  readonly #atAlert: 'slow' | 'pause';
  /** A fault that waits for the fresh run on which it is to be pressed. */
  #pending: string | undefined;

  /** Of the run looked at, with the one that is being dragged. */
  readonly thresholds = $derived({ ...this.looked.recipe.thresholds, ...this.#dragged });
  /** A press of this page can be taken back without losing what a link brought. */
  readonly hasPast = $derived(this.#past.last !== undefined);
  readonly canUndo = $derived(this.hasPast || this.looked.happened.length > 0);
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
  readonly isWalled = $derived(this.isPerWeight && this.view.wall);
  /** The query string that replays the run looked at, or opens its lesson again. */
  readonly address = $derived(
    writeAddress(this.looked.recipe, { engine: this.engine, pace: this.pace }, this.lesson),
  );

  constructor({ search, reducedMotion }: PlaygroundOptions) {
    const { recipe, scenario, problems, ignored } = readLink(search);
    const { engine, pace } = readConditions(search);
    const taught = readLesson(search);
    this.scenario = scenario;
    this.problems = [...problems, ...taught.problems];
    [this.engine, this.pace] = [engine, pace];
    this.#atAlert = reducedMotion ? 'pause' : 'slow';
    this.#runs = new Runs(this.#owner());
    if (taught.lesson) this.#openTaught(taught.lesson.id, taught.keepsBack);
    else this.#restart(recipe);
    for (const problem of ignored) this.notices.add(describeProblem(problem));
    if (taught.ignored.length > 0)
      this.notices.add(
        `A lesson has a run of its own: ${taught.ignored.join(', ')} of the link was left out.`,
      );
  }

  get looked(): Run {
    return this.#runs.looked;
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
    return this.view.twin ?? this.before !== undefined;
  }

  /** Draws the run without the fault beside this one, or takes it out. */
  toggleTwin(): void {
    this.view.twin = !this.showsTwin;
    if (this.view.twin) this.#runs.compare();
  }

  /** Ships the run as it is: opens the sealed figure, how much is right on what users send, and the post-mortem. */
  ship(): void {
    if (this.looked.lastStep < 0 || this.lesson?.takes('ship')) return;
    this.view.unsealed = true;
    for (const run of this.#runs.all) run.unseal();
    this.looked.pause(true);
    this.view.shipped = this.looked.id;
    this.view.cursor = null;
  }

  /** The same run from its beginning with every signal emitted, at full speed up to a step. */
  replayUnhidden(step: number): void {
    this.#remember();
    this.#past.aim(this.looked, step);
    this.#runs.restart(withoutBlindfold(this.looked.recipe), true);
  }

  /** Hides these signals from here on, and emits all others. */
  blindfold(unemitted: readonly string[]): void {
    if (!this.looked.history || this.looked.answering) return;
    const hidden = settingsNow(this.looked.position).unemitted;
    const by = unemitted.every((signal) => hidden.includes(signal)) ? 'edit' : 'hide-signals';
    this.#remember();
    this.looked.intervene(by, { kind: 'set', settings: { unemitted: [...unemitted] } }, false);
  }

  /** Changes what users send, from the next step on. */
  pressDrift(change: ChangeOf<'drift'>): void {
    if (!this.looked.history || this.looked.answering) return;
    this.#remember();
    this.#resume();
    const fault = driftFault(this.looked.position);
    this.looked.intervene(fault?.id ?? 'edit', change, false);
  }

  /** Breaks the run looked at; on a run that another fault broke, a new one. */
  pressFault(id: string): void {
    const fault = faultOf(id);
    if (!fault || !this.looked.history || this.looked.answering || this.looked.waiting?.by === id) return;
    const { position } = this.looked;
    const context = faultContext(position, fault);
    if (fault.blocked(context) !== null) return;
    this.#remember();
    if (this.alert && needsFreshRun(position, fault, true)) {
      this.#pending = id;
      this.looked.fork(freshStartEntries(position, this.alert.healthyCheckpoint));
      return;
    }
    this.#resume();
    this.looked.intervene(id, fault.change(context), this.looked.chapter === 'healthy');
  }

  /**
   * Opens a repaired run beside the broken one.
   * @param answered the alert, or the gap, that the remedy was offered for
   */
  pressRemedy(id: string, answered = this.alert): void {
    const remedy = remedyOf(id);
    if (!remedy || !answered || this.looked.answering) return;
    this.#remember();
    const checkpoints = this.readings.checkpointsFor(answered);
    this.looked.fork(remedyEntries(remedy, this.looked.position, checkpoints, answered.finding));
  }

  /** Whether the same fault can be replayed against the remedy of the run looked at. */
  readonly canReplay = $derived.by(() => {
    const { looked, before } = this;
    return (
      looked.chapter === 'repaired' &&
      before !== undefined &&
      heldEntries(looked.position, before.position, before.checkpoints) !== undefined
    );
  });

  wouldItHaveHeld(): void {
    const { looked, before } = this;
    if (!before || looked.chapter !== 'repaired' || before.answering) return;
    const entries = heldEntries(looked.position, before.position, before.checkpoints);
    if (!entries) return;
    this.#remember();
    before.fork(entries);
  }

  /** Back to where the run stood before the last press: its link up to there, replayed at full speed; a threshold moves back at once. */
  undo(): void {
    const snapshot = this.#past.undo(this.looked);
    if (!snapshot) return;
    if (snapshot.threshold === undefined) this.#runs.restart(snapshot.recipe, true);
    else this.#runs.judge(snapshot.recipe.thresholds);
  }

  /**
   * Step 0, without anything that was pressed: the scenario as the menu opens it, with its own timeline and what was changed of its recipe.
   * Layers for which its timeline was not made go with what was pressed.
   */
  reset(): void {
    if (this.lesson) this.openLesson(this.lesson.lesson.id, this.lesson.keepsBack);
    else this.#begin(fromStart(this.looked.recipe, this.scenario));
  }

  /** @param keepsBack answers are hidden until asked for: a teacher’s link */
  openLesson(id: string, keepsBack = false): void {
    const lesson = lessonOf(id);
    if (!lesson) return;
    this.leaveLesson();
    this.scenario = defaultScenario;
    this.#begin(lesson.recipe);
    this.lesson = new LessonPlay(lesson, keepsBack, this);
    this.lesson.begin();
  }

  /** A link’s lesson opens whatever else is wrong with the link: its narrator has other things to say. */
  #openTaught(id: string, keepsBack: boolean): void {
    const problems = this.problems;
    this.openLesson(id, keepsBack);
    for (const problem of problems) this.notices.add(describeProblem(problem));
  }

  /** The run stays, as any other. */
  leaveLesson(): void {
    const left = this.lesson;
    if (!left) return;
    this.lesson = undefined;
    left.dispose();
    this.setPace(usualPace);
  }

  /** Another fault on a new run, as soon as that has learned. */
  wreckAnew(id: string): void {
    this.leaveLesson();
    this.#begin({ ...this.looked.recipe, timeline: [] });
    this.#pending = id;
  }

  setScenario(id: string): void {
    const scenario = scenarioOf(id);
    if (!scenario) return;
    this.leaveLesson();
    this.scenario = scenario;
    this.#begin(scenario.recipe);
  }

  /** Moves the threshold of an alert: the charts show what it would have said. */
  dragThreshold(name: string, value: number): void {
    this.#dragged = { [name]: Number(value.toPrecision(3)) };
  }

  /** The threshold is let go: from now on the runs are judged by it, and what they have done so far is judged again. */
  dropThreshold(): void {
    const [name] = Object.keys(this.#dragged);
    if (name !== undefined) this.#judge(name, this.thresholds);
    this.#dragged = {};
  }

  /** Changes a field of the recipe: a setting or a threshold live, anything else by a new run. Returns what is wrong with the value. */
  edit(field: RecipeField, value: unknown): readonly RecipeProblem[] {
    try {
      const setting = settingFields.find((name): name is SettingField => name === field);
      // A setting joins those in force, faults included; anything else starts a run without them.
      const inForce = setting ? settingsNow(this.looked.position) : {};
      const timeline = setting ? [] : this.scenario.recipe.timeline;
      const recipe = parseRecipe({
        ...editedByHand(this.looked.recipe, this.staged),
        ...inForce,
        timeline,
        [field]: value,
      });
      if (setting && this.looked.history) {
        this.#remember();
        this.looked.intervene('edit', { kind: 'set', settings: { [setting]: recipe[setting] } }, false);
      } else if (field === 'thresholds') {
        this.#judge(field, recipe.thresholds);
      } else {
        this.#past.forget();
        this.#restart(recipe);
      }
      return [];
    } catch (error) {
      if (error instanceof RecipeError) return error.problems;
      throw error;
    }
  }

  setEngine(engine: EngineChoice): void {
    if (engine === this.engine) return;
    this.engine = engine;
    this.#restart(this.looked.recipe);
  }

  setPace(pace: Pace): void {
    this.pace = pace;
    this.looked.pace(pace, this.lesson ? 'nothing' : this.#atAlert);
  }

  /** In a lesson a run that waits for the person goes on with the next beat. */
  togglePause(): void {
    if (this.lesson?.isResting) {
      this.lesson.skip();
      return;
    }
    this.view.shipped = undefined;
    this.looked.pause(!this.paused);
  }

  step(): void {
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

  #remember(threshold?: string): void {
    this.problems = [];
    this.#past.remember(this.looked, threshold);
  }

  #judge(threshold: string, thresholds: Recipe['thresholds']): void {
    this.#remember(threshold);
    this.#runs.judge(thresholds);
  }

  /** A press is a wish to see what happens. */
  #resume(): void {
    this.view.shipped = undefined;
    if (this.paused) this.looked.pause(false);
  }

  /** A new story: nothing of the old one can be undone. */
  #begin(recipe: Recipe): void {
    this.#past.forget();
    this.problems = [];
    this.#restart(recipe);
  }

  #restart(recipe: Recipe): void {
    this.#past.arrive();
    this.#pending = undefined;
    this.view.sealAgain();
    this.#dragged = {};
    this.#runs.restart(recipe, false);
  }

  /** How the runs see the playground. */
  #owner(): RunsOwner {
    const engine = () => this.engine;
    const { exporting } = this;
    const nextPace = () => (this.#past.isReplayed ? 'max' : this.pace);
    // A replay up to an undone press does not stop on the way, and a lesson stops by itself.
    const atAlert = () => (this.#past.isSilent || this.lesson ? 'nothing' : this.#atAlert);
    return {
      get engine() {
        return engine();
      },
      exporting,
      get nextPace() {
        return nextPace();
      },
      get atAlert() {
        return atAlert();
      },
      onready: (run) => {
        if (this.view.unsealed) run.unseal();
        this.#pressPending(run);
      },
      onrows: (run) => {
        this.#catchUp(run);
        this.#teach(run);
      },
      onnotice: (text) => this.notices.add(text),
      onlook: () => this.view.forget(),
    };
  }

  #pressPending(run: Run): void {
    const fault = this.#pending === undefined ? undefined : faultOf(this.#pending);
    if (run !== this.looked || !fault) return;
    this.#pending = undefined;
    run.intervene(fault.id, fault.change(faultContext(run.position, fault)), true);
  }

  #teach(run: Run): void {
    if (run !== this.looked || !this.lesson || this.lesson.hear(run)) return;
    this.leaveLesson();
    this.notices.add(
      'The lesson ended: something else was pressed. It can be opened again from the menu of scenarios.',
    );
  }

  #catchUp(run: Run): void {
    if (run !== this.looked || !this.#past.hasReached(run)) return;
    this.#past.arrive();
    this.setPace(this.pace);
  }
}

export const [getPlayground, setPlayground] = createContext<Playground>();
