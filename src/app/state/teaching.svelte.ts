// The lesson under way: how it is opened and left, and that it ends where something else is pressed.
import { describeProblem } from '../../core/recipe.ts';
import { lessonOf } from '../../lessons/index.ts';
import { defaultScenario } from '../../scenarios/index.ts';
import { usualPace } from './address.ts';
import { LessonPlay } from './lessonPlay.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import type { Run } from './run.svelte.ts';

export class Teaching {
  lesson: LessonPlay | undefined = $state.raw();
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** @param keepsBack answers are hidden until asked for: a teacher’s link */
  openLesson(id: string, keepsBack: boolean): void {
    const lesson = lessonOf(id);
    if (!lesson) return;
    this.leaveLesson();
    this.#playground.scenario = defaultScenario;
    this.#playground.begin(lesson.recipe);
    this.lesson = new LessonPlay(lesson, keepsBack, this.#playground);
    this.lesson.begin();
  }

  /** A link’s lesson opens whatever else is wrong with the link: its narrator has other things to say. */
  openTaught(id: string, keepsBack: boolean): void {
    const { problems, notices } = this.#playground;
    this.openLesson(id, keepsBack);
    for (const problem of problems) notices.add(describeProblem(problem));
  }

  /** The run stays, as any other. */
  leaveLesson(): void {
    const left = this.lesson;
    if (!left) return;
    this.lesson = undefined;
    left.dispose();
    this.#playground.setPace(usualPace);
  }

  /** Rows have arrived: who pressed something else has left. */
  hear(run: Run): void {
    if (run !== this.#playground.looked || !this.lesson || this.lesson.hear(run)) return;
    this.leaveLesson();
    this.#playground.notices.add(
      'The lesson ended: something else was pressed. It can be opened again from the menu of scenarios.',
    );
  }
}
