// A lesson under way: which beat it is at, what it makes of the run looked at, and when it goes on.
import type { Beat, Cover, Lesson, Place, Question, Say, Seen } from '../../lessons/lesson.ts';
import { pushedParameters } from './culprits.ts';
import { Hunt } from './hunt.svelte.ts';
import { leadsTo } from './lessonPresses.ts';
import { keepProgress } from './lessonProgress.ts';
import { LessonRun } from './lessonRun.svelte.ts';
import { isSameAtEveryLevel, levelTrials } from './levels.ts';
import type { Playground } from './playground.svelte.ts';
import { Race } from './race.svelte.ts';
import type { Run } from './run.svelte.ts';
import { seenOf } from './seen.ts';
import type { Shipment } from './shipping.svelte.ts';
import { Sketches } from './sketches.svelte.ts';
import { Trials } from './trials.svelte.ts';

/** What stands in place of an answer that a teacher keeps back. */
const keptBack: Say = ['What happened here, and why?', 'Press space for the answer.'];
const nobody: ReadonlySet<number> = new Set();
/** Milliseconds from a decision to press to the click. */
const reaction = 400;

export class LessonPlay {
  readonly lesson: Lesson;
  /** A teacher’s link: answers are hidden until asked for. */
  readonly keepsBack: boolean;
  readonly hunt = new Hunt();
  /** The run again at every telemetry level, and scenarios under a choice of signals. */
  readonly levels: Trials;
  readonly trials: Trials;
  readonly race: Race;
  /** What is drawn on choices. */
  readonly sketches: Sketches;
  #index = $state(0);
  #asked = $state(0);
  #revealed = $state(false);
  #hurried = $state(false);
  /** Choice of each question that was answered. */
  answers: Readonly<Record<string, string>> = $state.raw({});
  readonly #playground: Playground;
  readonly #own: LessonRun;
  /** When a beat last ended by itself. */
  #turned = -Infinity;
  /** What was seen when each beat ended. */
  #ended: Readonly<Partial<Record<string, Seen>>> = $state.raw({});
  /** Of the run that was shipped, for as long as the lesson goes on. */
  #shipped: Shipment | undefined = $state.raw();

  readonly beat: Beat = $derived.by(() => this.lesson.beats[this.#index] ?? this.#last);
  /** What is asked now; a beat asks one thing after another. */
  readonly question: Question | undefined = $derived.by(() => this.beat.asks?.[this.#asked]);
  /** The charts are those of what the lesson is about. */
  readonly showsStory: boolean = $derived.by(
    () =>
      this.lesson.beats.slice(0, this.#index + 1).findLast(({ show }) => show !== undefined)?.show ===
      'story',
  );
  /** While the run rests where it was shipped, from the run; afterwards what was kept of it. */
  readonly #shippedNow: Shipment | undefined = $derived.by(
    () => this.#playground.shipping.shipment ?? this.#shipped,
  );
  readonly seen: Seen = $derived.by(() =>
    seenOf(this.#playground.looked, this.#playground.before, {
      faultAt: this.#own.faultAt,
      search: this.hunt.result,
      isSameAtEveryLevel: isSameAtEveryLevel(this.levels.done, this.lesson.detector),
      shipment: this.#shippedNow,
      answers: this.answers,
      isUnsealed: this.#playground.view.unsealed,
      lanes: this.race.isOver ? this.race.lanes : {},
      ended: this.#ended,
    }),
  );
  readonly isHidden: boolean = $derived.by(
    () => this.keepsBack && this.beat.explains === true && !this.#revealed,
  );
  readonly line = $derived.by(() => {
    const [happened, next] = this.isHidden ? keptBack : this.beat.say(this.seen);
    return { happened, next };
  });
  /** The run waits for the person: Play means to go on. */
  readonly isResting: boolean = $derived.by(
    () => this.beat.to === undefined && this.beat.further === undefined,
  );
  /** What would tell now; an answer that is kept back covers lamps, track and marks too. */
  readonly covers: Readonly<Record<Cover, boolean>> = $derived.by(() => {
    const isCovered = (cover: Cover) => this.beat.covers?.includes(cover) === true;
    return {
      lamps: isCovered('lamps') || this.isHidden,
      happened: isCovered('happened') || this.isHidden,
      surface: isCovered('surface'),
      charts: isCovered('charts'),
    };
  });
  /** A warning slows the run down: there is something to watch. */
  readonly slows: boolean = $derived.by(() => this.beat.slows === true && !this.#hurried);
  /** Weights that the faults of the run moved. */
  readonly culprits: ReadonlySet<number> = $derived.by(() => pushedParameters(this.#playground.looked));
  /** Those that are ringed now. */
  readonly marked: ReadonlySet<number> = $derived.by(() =>
    this.beat.isMarked && !this.isHidden ? this.culprits : nobody,
  );

  constructor(lesson: Lesson, keepsBack: boolean, playground: Playground) {
    this.lesson = lesson;
    this.keepsBack = keepsBack;
    this.#playground = playground;
    this.#own = new LessonRun(lesson, playground);
    const engine = () => playground.engine;
    this.levels = new Trials(engine);
    this.trials = new Trials(engine);
    this.race = new Race(engine);
    this.sketches = new Sketches(engine);
  }

  /** The beat before ended by itself, too short a time ago for anybody to have seen this one. */
  get hasJustTurned(): boolean {
    return performance.now() - this.#turned < reaction;
  }

  get #last(): Beat {
    const last = this.lesson.beats.at(-1);
    if (!last) throw new Error(`lesson “${this.lesson.id}”: it has no beats`);
    return last;
  }

  /** The first beat begins. */
  begin(): void {
    this.#enter();
  }

  /** The next beat, or the end. */
  next(): void {
    this.#shipped = this.#shippedNow;
    this.#ended = { ...this.#ended, [this.beat.id]: this.seen };
    if (this.#index === this.lesson.beats.length - 1) {
      keepProgress(this.lesson.id, this.answers);
      this.#playground.leaveLesson();
      return;
    }
    this.#index++;
    [this.#asked, this.#revealed, this.#hurried] = [0, false, false];
    this.#enter();
  }

  /** Whoever will not wait: the run hurries to where the beat ends, a question stays open. */
  skip(): void {
    const { until } = this.beat;
    if (until === 'there') {
      this.#hurried = true;
      this.#own.hurry();
    } else if (until === 'raced') this.race.hurry();
    else if (until === 'searched') this.giveUp();
    else if (until === 'answered') this.#ask();
    else this.next();
  }

  answer(choice: string): void {
    if (!this.question) return;
    this.answers = { ...this.answers, [this.question.id]: choice };
    this.#ask();
  }

  /** Whether an answer can be pointed at there. */
  asksFor(place: Place): boolean {
    return this.question?.points?.at === place && !this.isHidden;
  }

  /** Something was pressed there. Returns whether that was an answer. */
  point(place: Place, answer: string): boolean {
    if (!this.asksFor(place)) return false;
    this.answer(answer);
    return true;
  }

  /** The page’s own button was pressed. Returns whether it is what the lesson waits for. */
  takes(act: string): boolean {
    if (!leadsTo(this.beat, this.lesson.beats[this.#index + 1], act)) return false;
    this.next();
    return true;
  }

  reveal(): void {
    this.#revealed = true;
  }

  /** A chart of the wall was pressed. */
  search(weight: number): void {
    if (this.beat.until !== 'searched') return;
    this.hunt.press(weight, this.culprits);
    if (this.hunt.isOver) this.next();
  }

  giveUp(): void {
    this.hunt.giveUp();
    this.next();
  }

  drift(shift: number): void {
    this.#own.drift(shift);
  }

  /** Rows of the run looked at have arrived. Returns whether that is still the lesson's run, with nothing pressed by anybody else. */
  hear(run: Run): boolean {
    const heard = this.#own.hear(run);
    if (heard === 'there' && this.beat.until === 'there') this.#turn();
    return heard !== 'strange';
  }

  /** The run goes on as any other. */
  dispose(): void {
    for (const trials of [this.levels, this.trials, this.race, this.sketches]) trials.dispose();
    this.#playground.looked.halt(null);
  }

  /** The beat ends by itself. */
  #turn(): void {
    this.#turned = performance.now();
    this.next();
  }

  /** The next question, or the next beat. */
  #ask(): void {
    if (this.#asked + 1 < (this.beat.asks?.length ?? 0)) this.#asked++;
    else this.next();
  }

  #enter(): void {
    const { beat } = this;
    const { show, card, until, race } = beat;
    const { view } = this.#playground;
    if (show) view.wall = show === 'wall';
    view.weight = undefined;
    view.cursor = null;
    if (until === 'searched') this.hunt.begin();
    if (card === 'levels') this.levels.start(levelTrials(this.#own.run));
    if (card === 'bill') this.#own.run.costs.compare();
    else this.#own.run.costs.callOff();
    // They are there when they are asked for.
    this.sketches.start(this.lesson.beats.slice(this.#index, this.#index + 2));
    const isOver = this.#own.begin(beat);
    if (race) this.#race(race);
    if (isOver) this.next();
  }

  #race(race: NonNullable<Beat['race']>): void {
    const { run, healthy } = this.#own;
    const beat = this.#index;
    this.race.start(race, run, { here: run.lastStep + 1, healthy }, () => {
      if (this.#index === beat && this.beat.until === 'raced') this.#turn();
    });
  }
}
