// Every lesson, in the order of the menu.
import type { Lesson } from './lesson.ts';
import { observabilityGap } from './observabilityGap.ts';
import { overInstrumentation } from './overInstrumentation.ts';

export const lessons = [observabilityGap, overInstrumentation] as const satisfies readonly Lesson[];

export const lessonIds: readonly string[] = lessons.map(({ id }) => id);

export function lessonOf(id: string): Lesson | undefined {
  return lessons.find((lesson) => lesson.id === id);
}
