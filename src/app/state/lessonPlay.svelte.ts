// A lesson under way: which beat it is at, what it makes of the run looked at, and when it goes on.
import { faultOf } from '../../faults/index.ts';
import type { Beat, Cover, Lesson, Press, Say, Seen } from '../../lessons/lesson.ts';
import { remedyOf } from '../../remedies/index.ts';
import { pushedParameters } from './culprits.ts';
import { Hunt } from './hunt.svelte.ts';
import { isOwnPress, leadsTo } from './lessonPresses.ts';
import { keepProgress } from './lessonProgress.ts';
import { isSameAtEveryLevel, levelTrials } from './levels.ts';
import type { Playground } from './playground.svelte.ts';
import { faultContext } from './presses.ts';
import type { Run } from './run.svelte.ts';
import { seenOf } from './seen.ts';
import type { Shipment } from './shipping.svelte.ts';
import { Trials } from './trials.svelte.ts';

/** What stands in place of an answer that a teacher keeps back. */
const keptBack: Say = ['What happened here, and why?', 'Press space for the answer.'];
const nobody: ReadonlySet<number> = new Set();

export class LessonPlay {
  readonly lesson: Lesson;
  /** A teacher’s link: answers are hidden until asked for. */
  readonly keepsBack: boolean;
  readonly hunt = new Hunt();
  /** The run again at every telemetry level, and scenarios under a choice of signals. */
  readonly levels: Trials;
  readonly trials: Trials;
  #index = $state(0);
  #revealed = $state(false);
  /** Choice of each question that was answered. */
  answers: Readonly<Record<string, string>> = $state.raw({});
  readonly #playground: Playground;
  /** The run of the lesson. */
  #run: Run;
  #awaitsFork = false;
  /** Step to which this beat takes the run. */
  #goal: number | undefined;
  #faultAt: number | undefined = $state();
  /** Of the run that was shipped, for as long as the lesson goes on. */
  #shipped: Shipment | undefined = $state.raw();

  readonly beat: Beat = $derived.by(() => this.lesson.beats[this.#index] ?? this.#last);
  /** While the run rests where it was shipped, from the run; afterwards what was kept of it. */
  readonly #shippedNow: Shipment | undefined = $derived.by(
    () => this.#playground.shipping.shipment ?? this.#shipped,
  );
  readonly seen: Seen = $derived.by(() =>
    seenOf(this.#playground.looked, {
      faultAt: this.#faultAt,
      search: this.hunt.result,
      isSameAtEveryLevel: isSameAtEveryLevel(this.levels.done, this.lesson.detector),
      shipment: this.#shippedNow,
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
    };
  });
  /** A press on a lamp is an answer. */
  readonly asksLamps: boolean = $derived.by(() => this.beat.ask?.lamps !== undefined && !this.isHidden);
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
    this.#run = playground.looked;
    this.levels = new Trials(() => playground.engine);
    this.trials = new Trials(() => playground.engine);
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
    if (this.#index === this.lesson.beats.length - 1) {
      keepProgress(this.lesson.id, this.answers);
      this.#playground.leaveLesson();
      return;
    }
    this.#index++;
    this.#revealed = false;
    this.#enter();
  }

  /** Whoever will not wait: the run hurries to where the beat ends, a question stays open. */
  skip(): void {
    if (this.beat.until === 'there') this.#hurry();
    else if (this.beat.until === 'searched') this.giveUp();
    else this.next();
  }

  answer(choice: string): void {
    const { ask } = this.beat;
    if (!ask) return;
    this.answers = { ...this.answers, [ask.id]: choice };
    this.next();
  }

  /** A lamp was pressed. Returns whether that was an answer. */
  pressLamp(lamp: string): boolean {
    if (!this.asksLamps) return false;
    this.answer(lamp);
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

  /** Rows of the run looked at have arrived. Returns whether that is still the lesson's run, with nothing pressed by anybody else. */
  hear(run: Run): boolean {
    if (run !== this.#run && !this.#takesOver(run)) return false;
    if (run.happened.some(({ by }) => !isOwnPress(this.lesson, by))) return false;
    const isThere = this.#goal !== undefined && run.lastStep + 1 >= this.#goal;
    if (isThere && this.beat.until === 'there') this.next();
    return true;
  }

  /** The run goes on as any other. */
  dispose(): void {
    this.levels.dispose();
    this.trials.dispose();
    this.#playground.looked.halt(null);
  }

  #takesOver(run: Run): boolean {
    if (!this.#awaitsFork || run.parentId !== this.#run.id) return false;
    this.#awaitsFork = false;
    this.#run = run;
    this.#train();
    return true;
  }

  #enter(): void {
    const { press, show, card, until } = this.beat;
    const { view } = this.#playground;
    if (show) view.wall = show === 'wall';
    view.weight = undefined;
    if (until === 'searched') this.hunt.begin();
    if (card === 'levels') this.levels.start(levelTrials(this.#run));
    if (card === 'bill') this.#run.costs.compare();
    else this.#run.costs.callOff();
    if (press) this.#press(press);
    if (!this.#awaitsFork) this.#train();
  }

  #press(press: Press): void {
    if ('fault' in press) this.#break(press.fault);
    else if ('remedy' in press) this.#repair(press.remedy);
    else if (press.act === 'ship') this.#playground.ship();
    else {
      // At the lesson’s own pace from its beginning.
      this.#playground.replayUnhidden(0);
      this.#run = this.#playground.looked;
    }
  }

  /** Takes effect at exactly the step at which the run rests. */
  #break(id: string): void {
    const fault = faultOf(id);
    const run = this.#run;
    if (!fault) return;
    this.#faultAt = run.lastStep + 1;
    run.intervene(id, fault.change(faultContext(run.position, fault)), false);
  }

  #repair(id: string): void {
    const remedy = remedyOf(id);
    const answered = this.#run.alerts.find(({ finding }) =>
      Object.keys(remedy?.answers ?? {}).includes(finding.detector),
    );
    if (!answered) return;
    this.#awaitsFork = true;
    this.#playground.pressRemedy(id, answered);
  }

  /** Trains to where the beat ends; without such an end the run rests. */
  #train(): void {
    const { to, further, pace = 60, until } = this.beat;
    const next = this.#run.lastStep + 1;
    this.#goal = to ?? (further === undefined ? undefined : next + further);
    if (this.#goal !== undefined && this.#goal > next) {
      this.#playground.setPace(pace);
      this.#run.halt(this.#goal);
      this.#run.pause(false);
    } else {
      this.#run.pause(true);
      if (until === 'there') this.next();
    }
  }

  #hurry(): void {
    this.#playground.setPace('max');
    this.#run.pause(false);
  }
}
