// The lesson under way: how it is loaded, opened and left, and that it ends where something else is pressed.
import { loadLesson } from '../../lessons/index.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { defaultScenario, scenarioOf } from '../../scenarios/index.ts';
import { readLesson, usualPace } from './address.ts';
import type { LessonPlay } from './lessonPlay.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import type { Run } from './run.svelte.ts';

/** A lesson and what plays it: no page needs either before one is opened. */
export interface Taught {
  readonly lesson: Lesson;
  readonly Play: typeof LessonPlay;
}

export const notLoaded = 'The lesson did not load. Check the connection, then choose it from the menu.';

/** Undefined where there is none of this name. Rejects where a part of it cannot be had. */
export async function loadTaught(id: string): Promise<Taught | undefined> {
  const [lesson, { LessonPlay }] = await Promise.all([loadLesson(id), import('./lessonPlay.svelte.ts')]);
  return lesson && { lesson, Play: LessonPlay };
}

/** The lesson that a link names; undefined where it names none, or where it cannot be had. */
export async function loadLinkedLesson(search: string): Promise<Taught | undefined> {
  const { entry } = readLesson(search);
  return entry && loadTaught(entry.id).catch(() => undefined);
}

export class Teaching {
  lesson: LessonPlay | undefined = $state.raw();
  readonly #playground: Playground;
  #taught: Taught | undefined;
  /** The lesson that is being loaded. */
  #asked: string | undefined;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** @param keepsBack answers are hidden until asked for: a teacher’s link */
  async openLesson(id: string, keepsBack: boolean): Promise<void> {
    this.#asked = id;
    try {
      const taught = await loadTaught(id);
      if (taught && this.#asked === id) this.#open(taught, keepsBack);
    } catch {
      this.#playground.notices.add(notLoaded);
    }
  }

  /** A link’s lesson opens whatever else is wrong with the link. */
  openLink(taught: Taught, keepsBack: boolean): void {
    this.#open(taught, keepsBack);
  }

  /** From its first beat. */
  restart(): void {
    if (this.lesson && this.#taught) this.#open(this.#taught, this.lesson.keepsBack);
  }

  /** The run stays, as any other. */
  leaveLesson(): void {
    this.#asked = undefined;
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

  #open(taught: Taught, keepsBack: boolean): void {
    const { lesson, Play } = taught;
    this.leaveLesson();
    this.#taught = taught;
    this.#playground.scenario = scenarioOf(lesson.scenario ?? '') ?? defaultScenario;
    this.#playground.begin(lesson.recipe);
    this.lesson = new Play(lesson, keepsBack, this.#playground);
    this.lesson.begin();
  }
}
