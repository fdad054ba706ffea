// Keyboard: one key per press, never while somebody types.
import { faults } from '../../faults/index.ts';
import { isKeyOff } from './controls.ts';
import type { Playground } from './playground.svelte.ts';
import type { View } from './view.svelte.ts';

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, select, textarea, [contenteditable], [role="menu"], [role="listbox"]') !== null
  );
}

/** A box to tick takes no text: Escape closes what it stands in. */
function isTicked({ key, target }: KeyboardEvent): boolean {
  return key === 'Escape' && target instanceof HTMLInputElement && target.type === 'checkbox';
}

/** What is open over the page has the keys to itself; and single characters, Space among them, can be switched off. */
export function isOff({ key }: KeyboardEvent, { keys }: Pick<View, 'keys'>): boolean {
  return (key.length === 1 && !keys) || document.querySelector('dialog[open]') !== null;
}

/**
 * Who moves the focus by keyboard operates what has it. A button that was clicked has the focus too, but there Space means pause:
 * it would press the fault a second time.
 */
export function isOperated(event: KeyboardEvent, byKeyboard: boolean): boolean {
  if (event.key !== ' ' || !byKeyboard || !(event.target instanceof HTMLElement)) return false;
  return event.target.closest('button, a, summary, [role="radio"], [role="slider"]') !== null;
}

/** Among weights, neurons and steps, arrows go from one to the next for whoever operates them by keyboard. */
export function isRoving(event: KeyboardEvent, byKeyboard: boolean): boolean {
  if (!event.key.startsWith('Arrow') || !byKeyboard || !(event.target instanceof HTMLElement)) return false;
  return event.target.closest('[role="toolbar"], [role="slider"]') !== null;
}

/** Keys that move the focus: whoever uses them operates the page by keyboard, until the next click. */
export function movesFocus(event: KeyboardEvent): boolean {
  return event.key === 'Tab' || event.key.startsWith('Arrow');
}

/** Out of what is open; with nothing open, out of the past. */
function leave({ view }: Playground): void {
  if (view.drawer === undefined) view.seek(null);
  view.drawer = undefined;
}

/** What a key does, or undefined. */
export function keyAction(event: KeyboardEvent, playground: Playground): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (isTyping(event.target) && !isTicked(event)) return undefined;
  if (isOff(event, playground.view) || isOperated(event, playground.view.byKeyboard)) return undefined;
  if (isKeyOff(event.key, playground.view.shown.hide)) return undefined;
  // A key that is held is one press, but for single steps.
  if (event.repeat && event.key.toLowerCase() !== 's') return () => undefined;
  const fault = faults[Number(event.key) - 1];
  if (fault) return () => playground.pressFault(fault.id);
  switch (event.key.toLowerCase()) {
    case ' ':
      return playground.lesson?.isHidden ? () => playground.lesson?.reveal() : () => playground.togglePause();
    case 'enter':
      return playground.call?.phase === 'running' && event.target === document.body
        ? () => playground.call?.stop()
        : undefined;
    case 's':
      return () => playground.step();
    case 'r':
      return () => playground.reset();
    case 'z':
      return () => playground.undo();
    case '?':
      return () => playground.view.toggle('keys');
    case 'escape':
      return () => leave(playground);
    default:
      return undefined;
  }
}
