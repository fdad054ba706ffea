// Shares the link that replays everything that was done.
import type { Playground } from '../state/playground.svelte.ts';

const isTouch = () => matchMedia('(pointer: coarse)').matches;

/** Hands the link to the system on a phone, to the clipboard elsewhere; where neither is allowed it is shown. */
export async function shareLink(playground: Playground): Promise<void> {
  const url = new URL(playground.link, location.href).href;
  try {
    // lib.dom says that both always exist; on insecure origins and in some browsers neither does.
    const { share, clipboard } = navigator as Partial<Navigator>;
    if (share && isTouch()) {
      await navigator.share({ title: 'Trainwreck', url });
      return;
    }
    if (!clipboard) throw new Error('navigator.clipboard: not there; the page is not on a secure origin');
    await clipboard.writeText(url);
    playground.notices.add('Link copied. It replays everything that was done on this run.');
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    playground.notices.add(`Copy this link: ${url}`);
  }
}
