// What a lesson presses: which entries of a run are its own, and which press of the page’s own buttons it waits for.
import type { Beat, LessonBody } from '../../lessons/lesson.ts';

/** Whether an entry is the lesson’s: of its recipe, or pressed by one of its beats. */
export function isOwnPress({ recipe, beats }: Pick<LessonBody, 'recipe' | 'beats'>, by: string): boolean {
  return (
    recipe.timeline.some((entry) => entry.by === by) ||
    beats.some(
      ({ press }) =>
        press !== undefined &&
        (('fault' in press && press.fault === by) ||
          ('remedy' in press && press.remedy === by) ||
          ('recipe' in press && press.recipe.timeline.some((entry) => entry.by === by))),
    )
  );
}

/** Whether a beat waits for a button, and the next one begins with this act: then the page’s own button for it does as well. */
export function leadsTo({ until }: Beat, next: Beat | undefined, act: string): boolean {
  const press = next?.press;
  return typeof until === 'object' && press !== undefined && 'act' in press && press.act === act;
}
