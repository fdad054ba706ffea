// Keyboard: one key per press, never while somebody types.
import { faults } from '../../faults/index.ts';
import type { Playground } from './playground.svelte.ts';

export const keyHelp: readonly (readonly [key: string, does: string])[] = [
  ['Space', 'pause or play'],
  ['S', 'one step'],
  ['R', 'reset: the same recipe from step 0'],
  ...faults.map(({ title }, index) => [String(index + 1), title] as const),
  ['Z', 'undo the last press'],
  ['?', 'this list'],
  ['Esc', 'close what is open'],
];

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, select, textarea, [contenteditable], [role="menu"], [role="listbox"]') !== null
  );
}

/**
 * Who moves the focus by keyboard operates what has it. A button that was clicked has the focus too, but there Space means pause:
 * it would press the fault a second time.
 */
function isOperated(event: KeyboardEvent): boolean {
  if (event.key !== ' ' || !(event.target instanceof HTMLElement)) return false;
  if (!event.target.matches(':focus-visible')) return false;
  return event.target.closest('button, a, summary, [role="radio"], [role="slider"]') !== null;
}

/** What a key does, or undefined. */
export function keyAction(event: KeyboardEvent, playground: Playground): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isOperated(event))
    return undefined;
  const fault = faults[Number(event.key) - 1];
  if (fault) return () => playground.pressFault(fault.id);
  switch (event.key.toLowerCase()) {
    case ' ':
      return () => playground.togglePause();
    case 's':
      return () => playground.step();
    case 'r':
      return () => playground.reset();
    case 'z':
      return () => playground.undo();
    case '?':
      return () => playground.view.toggle('keys');
    case 'escape':
      return () => (playground.view.drawer = undefined);
    default:
      return undefined;
  }
}
