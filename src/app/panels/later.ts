// What the page shows only after something has happened, or to some runs, and what is heard: none of it is in the first bundle.
import { Later } from '../state/later.svelte.ts';

export const later = {
  alert: new Later(() => import('./AlertCard.svelte')),
  call: new Later(() => import('./CallCard.svelte')),
  dark: new Later(() => import('./DarkCard.svelte')),
  held: new Later(() => import('./HeldCard.svelte')),
  lesson: new Later(() => import('./LessonCard.svelte')),
  postMortem: new Later(() => import('./PostMortemCard.svelte')),
  receipt: new Later(() => import('./ReceiptCard.svelte')),
  spoken: new Later(() => import('./Spoken.svelte')),
  digits: new Later(() => import('../drawing/Digits.svelte')),
  wall: new Later(() => import('./WallPanel.svelte')),
} as const;

/** All of it: once the first run trains, so that a press finds its answer there. */
export async function loadAll(): Promise<void> {
  await Promise.all(Object.values(later).map((part) => part.load()));
}
