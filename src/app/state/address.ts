// The page's address: the recipe as a readable link, and how fast and on what it runs.
import { engineChoices, type EngineChoice, type Pace } from '../../worker/protocol.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { RecipeProblem } from '../../core/recipe.ts';
import { lessonIds, lessonOf } from '../../lessons/index.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { writeLink } from '../../scenarios/link.ts';

export const paces = [6, 60, 600, 'max'] as const satisfies readonly Pace[];
export const usualPace: Pace = 60;

/** Parts of an address that are not of the recipe. */
export interface Conditions {
  readonly engine: EngineChoice;
  readonly pace: Pace;
}

export function readConditions(search: string): Conditions {
  const parameters = new URLSearchParams(search);
  const engine = engineChoices.find((choice) => choice === parameters.get('engine'));
  const pace = paces.find((choice) => String(choice) === parameters.get('pace'));
  return { engine: engine ?? 'auto', pace: pace ?? usualPace };
}

/** The lesson that an address opens, and what was wrong with it. */
export interface ReadLesson {
  readonly lesson: Lesson | undefined;
  /** A teacher’s link: answers are hidden until asked for. */
  readonly keepsBack: boolean;
  readonly problems: readonly RecipeProblem[];
  /** Keys that a lesson does not heed: it has a run of its own. */
  readonly ignored: readonly string[];
}

/** Beside its name, what a link to a lesson may say. */
const lessonKeys = ['v', 'lesson', 'answers', 'engine', 'pace'];

export function readLesson(search: string): ReadLesson {
  const parameters = new URLSearchParams(search);
  const [named, answers] = [parameters.get('lesson'), parameters.get('answers')];
  const lesson = named === null ? undefined : lessonOf(named);
  const problems: RecipeProblem[] = [];
  if (named !== null && !lesson)
    problems.push({ field: 'lesson', value: named, reason: `there are ${lessonIds.join(', ')}` });
  if (answers !== null && answers !== 'on' && answers !== 'off')
    problems.push({ field: 'answers', value: answers, reason: 'must be on or off' });
  const others = [...parameters.keys()].filter((key) => key !== '' && !lessonKeys.includes(key));
  return { lesson, keepsBack: answers === 'off', problems, ignored: lesson ? [...new Set(others)] : [] };
}

/** The query string of a recipe, or of the lesson under way, with what is not as usual about its conditions. */
export function writeAddress(
  recipe: Recipe,
  { engine, pace }: Conditions,
  taught?: { readonly lesson: Pick<Lesson, 'id'>; readonly keepsBack: boolean },
): string {
  const parts = [
    taught ? `lesson=${taught.lesson.id}` : writeLink(recipe),
    taught?.keepsBack ? 'answers=off' : '',
    engine === 'auto' ? '' : `engine=${engine}`,
    // A lesson has a pace of its own.
    pace === usualPace || taught ? '' : `pace=${pace}`,
  ];
  return `?${parts.filter((part) => part !== '').join('&')}`;
}
