// Where the focus goes in a lesson: to the words of the new beat or question, so that the next Tab is on how to go on.
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { Place } from '../../lessons/lesson.ts';
import type { LessonPlay } from '../state/lessonPlay.svelte.ts';
import type { View } from '../state/view.svelte.ts';

function isWithin(body: HTMLElement): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || body.contains(activeElement);
}

/** Whoever works elsewhere on the page is left there; but who answered from there has come to the end of it. */
export function followFocus(play: LessonPlay, view: Pick<View, 'byKeyboard'>): Attachment<HTMLElement> {
  return (body) => {
    let known: string | undefined;
    let place: Place | undefined;
    return $effect.root(() => {
      $effect.pre(() => {
        const now = [play.beat.id, play.question?.id, play.isHidden].join();
        const isOpened = known === undefined;
        const isLeft = view.byKeyboard && (isWithin(body) || place !== undefined);
        const isNew = known !== now;
        [known, place] = [now, play.question?.points?.at];
        if (isOpened || (isNew && isLeft)) void tick().then(() => body.focus({ preventScroll: true }));
      });
    });
  };
}
