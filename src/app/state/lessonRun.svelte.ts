// The run of a lesson: what its beats press on it, how far they train it, and that nobody else presses anything.
import { faultOf } from '../../faults/index.ts';
import type { Beat, Lesson, Press } from '../../lessons/lesson.ts';
import { remedyOf } from '../../remedies/index.ts';
import { isOwnPress } from './lessonPresses.ts';
import type { Playground } from './playground.svelte.ts';
import { faultContext } from './presses.ts';
import type { Run } from './run.svelte.ts';

/** What rows say to the lesson: it is where the beat was to take it, it is on its way, or somebody pressed something. */
type Heard = 'there' | 'going' | 'strange';

export class LessonRun {
  /** Step at which the last fault of the lesson struck. */
  faultAt: number | undefined = $state();
  run: Run;
  readonly #lesson: Lesson;
  readonly #playground: Playground;
  #beat: Beat | undefined;
  #awaitsFork = false;
  /** Whoever will not wait for this beat need not say so again of the run that it opens. */
  #isHurried = false;
  /** Step to which this beat takes the run. */
  #goal: number | undefined;

  constructor(lesson: Lesson, playground: Playground) {
    this.#lesson = lesson;
    this.#playground = playground;
    this.run = playground.looked;
  }

  /** What a rewinding remedy would go back to: the last checkpoint before the lesson’s alert. */
  get healthy(): number | undefined {
    const told = this.run.alerts.filter(({ finding }) => finding.detector === this.#lesson.detector);
    const fired = told.findLast(({ finding }) => finding.severity === 'firing');
    return (fired ?? told.at(-1))?.healthyCheckpoint;
  }

  /** Presses what the beat presses, and trains. Returns whether there is nothing to wait for. */
  begin(beat: Beat): boolean {
    this.#beat = beat;
    this.#isHurried = false;
    if (beat.press) this.#press(beat.press);
    if (beat.unseals) {
      this.#playground.view.unsealed = true;
      this.run.unseal();
    }
    return this.#awaitsFork ? false : this.#train(beat);
  }

  /** Rows of the run looked at have arrived. */
  hear(run: Run): Heard {
    if (run !== this.run && !this.#takesOver(run)) return 'strange';
    if (run.happened.some(({ by }) => !isOwnPress(this.#lesson, by))) return 'strange';
    return this.#goal !== undefined && run.lastStep + 1 >= this.#goal ? 'there' : 'going';
  }

  hurry(): void {
    this.#isHurried = true;
    this.#playground.setPace('max');
    // Only where it rests on the way: at the step of the beat, of which the page may not have heard yet, to go on would be to leave it.
    const { status } = this.run;
    if (status.kind === 'paused' && status.reason !== 'limit') this.run.pause(false);
  }

  /** Users send something else from now on. */
  drift(shift: number): void {
    const fault = faultOf('drift-inputs');
    const change = fault?.change(faultContext(this.run.position, fault));
    if (change?.kind !== 'drift') return;
    this.run.intervene('drift-inputs', { ...change, shift, steps: 1 }, false);
  }

  #takesOver(run: Run): boolean {
    if (!this.#awaitsFork || run.parentId !== this.run.id) return false;
    this.#awaitsFork = false;
    this.#goal = undefined;
    this.run = run;
    if (this.#beat) this.#train(this.#beat);
    return true;
  }

  #press(press: Press): void {
    if ('fault' in press) this.#break(press);
    else if ('remedy' in press) this.#repair(press.remedy);
    else if ('recipe' in press) this.#open(() => this.#playground.begin(press.recipe));
    else if (press.act === 'ship') this.#playground.ship();
    // At the lesson’s own pace from its beginning.
    else this.#open(() => this.#playground.replayUnhidden(0));
  }

  #open(begin: () => void): void {
    begin();
    // Nobody waits any more for a fork of the run before.
    this.#awaitsFork = false;
    this.#goal = undefined;
    this.run = this.#playground.looked;
  }

  /** Takes effect at exactly the step at which the run rests. */
  #break({ fault: id, change }: Extract<Press, { fault: unknown }>): void {
    const fault = faultOf(id);
    if (!fault) return;
    this.faultAt = this.run.lastStep + 1;
    this.run.intervene(id, change ?? fault.change(faultContext(this.run.position, fault)), false);
  }

  #repair(id: string): void {
    const remedy = remedyOf(id);
    const told = [...this.run.gaps, ...this.run.alerts];
    const answered = told.findLast(({ finding }) =>
      Object.keys(remedy?.answers ?? {}).includes(finding.detector),
    );
    if (!answered && remedy?.starts !== 'here') return;
    this.#awaitsFork = true;
    this.#playground.pressRemedy(id, answered);
  }

  /** Trains to where the beat ends; without such an end the run rests. */
  #train({ to, further, pace = 60, until }: Beat): boolean {
    const next = this.run.lastStep + 1;
    const left = this.#goal;
    if (to === undefined && further === undefined && left !== undefined && left > next) {
      // A beat was left on its way: what the words after it tell of is still to come.
      this.hurry();
      return false;
    }
    this.#goal = to ?? (typeof further === 'number' ? next + further : undefined);
    const isAhead = further === 'on' || (this.#goal !== undefined && this.#goal > next);
    if (isAhead) {
      this.#playground.setPace(this.#isHurried ? 'max' : pace);
      this.run.halt(this.#goal ?? null);
    }
    this.run.pause(!isAhead);
    return !isAhead && until === 'there';
  }
}
