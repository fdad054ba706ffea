// Every lesson, in the order of the menu: a light list for menu and links; the lesson itself is loaded when it is opened.
import { scenarioOf, scenarios } from '../scenarios/index.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Lesson, LessonEntry } from './lesson.ts';
import { shortLessonId } from './short/shortLessonId.ts';

export const lessonIndex = [
  {
    id: 'loss-spike',
    title: 'It worked for 500 steps',
    about: 'The loss falls, and nobody is near a button. When would you have known?',
    load: async () => (await import('./lossSpike.ts')).lossSpike,
  },
  {
    id: 'dead-relu',
    title: 'More training will not help',
    about: 'Neurons go out, and accuracy stays where it fell. Which remedy brings them back?',
    load: async () => (await import('./deadRelu.ts')).deadRelu,
  },
  {
    id: 'observability-gap',
    title: 'Ship it',
    about: 'Training is perfect, and no alert is up. Would you ship it?',
    load: async () => (await import('./observabilityGap.ts')).observabilityGap,
  },
  {
    id: 'input-shift',
    title: 'Nothing moved, everything is wrong',
    about: 'Users change, and every figure stays. What would have told you?',
    load: async () => (await import('./inputShift.ts')).inputShift,
  },
  {
    id: 'over-instrumentation',
    title: 'Find it',
    about: 'Every weight is emitted, and something breaks. Which chart shows it?',
    load: async () => (await import('./overInstrumentation.ts')).overInstrumentation,
  },
] as const satisfies readonly LessonEntry[];

/** For a person: of the short ones the pattern. */
export const lessonIds: readonly string[] = [
  ...lessonIndex.map(({ id }) => id),
  shortLessonId({ id: '<scenario>' }),
];

/** The short lesson that comes with a scenario; undefined where that is none of the list. */
export function shortLessonOf({ id }: Pick<Scenario, 'id'>): LessonEntry | undefined {
  const scenario = scenarioOf(id);
  return (
    scenario && {
      id: shortLessonId(scenario),
      title: scenario.title,
      about: scenario.story,
      short: true,
      load: async () => (await import('./short/shortLesson.ts')).shortLesson(scenario),
    }
  );
}

/** What is known of a lesson before it is loaded. */
export function lessonEntryOf(id: string): LessonEntry | undefined {
  const scenario = scenarios.find((one) => shortLessonId(one) === id);
  return scenario ? shortLessonOf(scenario) : lessonIndex.find((entry: LessonEntry) => entry.id === id);
}

/** Undefined where there is none of this name. Rejects where its file cannot be had. */
export async function loadLesson(id: string): Promise<Lesson | undefined> {
  const entry = lessonEntryOf(id);
  return entry && { ...entry, ...(await entry.load()) };
}
