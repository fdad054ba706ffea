// The page's address: the recipe as a readable link, and how fast and on what it runs.
import { engineChoices, type EngineChoice, type Pace } from '../../worker/protocol.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { RecipeProblem } from '../../core/recipe.ts';
import { thereAre } from '../../core/nearest.ts';
import { lessonEntryOf, lessonIds } from '../../lessons/index.ts';
import type { Lesson, LessonEntry } from '../../lessons/lesson.ts';
import { writeLink } from '../../scenarios/writeLink.ts';
import { writeShown, type Shown } from './shown.ts';

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

/** What cannot be used of them: it is as usual then. */
export function conditionProblems(search: string): readonly RecipeProblem[] {
  const parameters = new URLSearchParams(search);
  const there = { engine: engineChoices, pace: paces.map(String) } as const;
  return (['engine', 'pace'] as const).flatMap((field) => {
    const [value, choices] = [parameters.get(field), there[field] as readonly string[]];
    if (value === null || choices.includes(value)) return [];
    return [{ field, value, reason: thereAre(choices, value) }];
  });
}

/** The lesson that an address opens, and what was wrong with it. */
export interface ReadLesson {
  readonly entry: LessonEntry | undefined;
  /** A teacher’s link: answers are hidden until asked for. */
  readonly keepsBack: boolean;
  readonly problems: readonly RecipeProblem[];
  /** Keys that a lesson does not heed: it has a run of its own. */
  readonly ignored: readonly string[];
}

/** Beside its name, what a link to a lesson may say. */
const lessonKeys = ['v', 'lesson', 'answers', 'engine', 'pace', 'embed', 'present', 'hide'];

export function readLesson(search: string): ReadLesson {
  const parameters = new URLSearchParams(search);
  const [named, answers] = [parameters.get('lesson'), parameters.get('answers')];
  const entry = named === null ? undefined : lessonEntryOf(named);
  const problems: RecipeProblem[] = [];
  if (named !== null && !entry)
    problems.push({ field: 'lesson', value: named, reason: thereAre(lessonIds, named) });
  if (answers !== null && answers !== 'on' && answers !== 'off')
    problems.push({ field: 'answers', value: answers, reason: 'must be on or off' });
  else if (answers !== null && named === null)
    problems.push({ field: 'answers', value: answers, reason: 'it counts beside a lesson only' });
  const ignored = entry ? otherKeys(parameters, lessonKeys) : [];
  return { entry, keepsBack: answers === 'off', problems, ignored };
}

function otherKeys(parameters: URLSearchParams, heeded: readonly string[]): readonly string[] {
  return [...new Set(parameters.keys())].filter((key) => key !== '' && !heeded.includes(key));
}

/** The day whose run an address calls; empty = today’s, undefined = none is called. Its key counts, with or without a day. */
export function readCall(search: string): string | undefined {
  return new URLSearchParams(search).get('call') ?? undefined;
}

/** Beside its day, what a link to a call may say; that `answers` counts for nothing is told as of any link without a lesson. */
const callKeys = ['v', 'call', 'answers', 'engine', 'pace', 'embed', 'present', 'hide'];

/** Keys that a call does not heed: its run is drawn from its day. */
export function besideCall(search: string): readonly string[] {
  return otherKeys(new URLSearchParams(search), callKeys);
}

/** What an address says beside a recipe. */
interface Opened {
  readonly taught?: { readonly lesson: Pick<Lesson, 'id'>; readonly keepsBack: boolean } | undefined;
  /** Whose run is called. */
  readonly day?: string | undefined;
  readonly shown?: Shown;
}

/** The query string of a recipe, of the lesson under way or of the run of a day, with what is not as usual about its conditions and how it is shown. */
export function writeAddress(
  recipe: Recipe,
  { engine, pace }: Conditions,
  { taught, day, shown }: Opened = {},
): string {
  const parts = [
    taught ? `lesson=${taught.lesson.id}` : day ? `call=${day}` : writeLink(recipe),
    taught?.keepsBack ? 'answers=off' : '',
    engine === 'auto' ? '' : `engine=${engine}`,
    // A lesson has a pace of its own.
    pace === usualPace || taught ? '' : `pace=${pace}`,
    ...(shown ? writeShown(shown) : []),
  ];
  return `?${parts.filter((part) => part !== '').join('&')}`;
}
