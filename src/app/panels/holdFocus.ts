// Where the focus goes when what had it is gone: nothing that is closed or replaced may leave it on the page's body.
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { View } from '../state/view.svelte.ts';

type Pointed = Pick<View, 'byPointer'>;

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** As of a menu: closed by keyboard it gives the focus back to what opened it; the mouse leaves the focus alone. */
export function holdFocus(view: Pointed): Attachment<HTMLElement> {
  return (close) => {
    const opener = document.activeElement;
    close.focus();
    return () => {
      void tick().then(() => {
        if (isLost() && !view.byPointer && opener instanceof HTMLElement) opener.focus();
      });
    };
  };
}

/**
 * When what had the focus inside is taken away, it goes to `place` inside. Whoever is elsewhere on the page is left there, and so is
 * who pressed by mouse. Watched, because what takes it away is often not a press but an answer that comes later.
 */
export function keepFocus(view: Pointed, place: string): Attachment<HTMLElement> {
  return (box) => {
    let held: Element | undefined;
    const take = ({ target }: FocusEvent) => (held = target instanceof Element ? target : undefined);
    // Some browsers tell of what is taken away as of what is left: by then it is no longer there.
    const leave = () =>
      queueMicrotask(() => {
        if (held?.isConnected && document.activeElement !== held) held = undefined;
      });
    const observer = new MutationObserver(() => {
      if (!held || held.isConnected) return;
      held = undefined;
      if (isLost() && !view.byPointer) box.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
    });
    box.addEventListener('focusin', take);
    box.addEventListener('focusout', leave);
    observer.observe(box, { childList: true, subtree: true });
    return () => {
      box.removeEventListener('focusin', take);
      box.removeEventListener('focusout', leave);
      observer.disconnect();
    };
  };
}
