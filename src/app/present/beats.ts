// What one press of a presenter does next: break, repair, read the receipt, go on. The page itself is pressed, as a hand would.
import { nextFault } from '../state/nextFault.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { capital } from '../state/wording.ts';

export interface Step {
  /** What the press will do, or what there is to wait for. */
  readonly words: string;
  /** Absent: the run has to come first. */
  readonly press?: () => void;
}

/** Steps after a press in which detectors may still speak. */
const quietSteps = 300;

function lessonStep({ lesson }: Playground): Step | undefined {
  if (!lesson) return undefined;
  if (lesson.isHidden) return { words: 'The answer', press: () => lesson.reveal() };
  return { words: 'Next', press: () => lesson.skip() };
}

function shippedStep(playground: Playground): Step | undefined {
  const { shipping } = playground;
  if (!shipping.postMortem) return undefined;
  const [remedy] = shipping.remedies;
  const { alert } = shipping;
  if (!remedy || !alert) return wreckStep(playground);
  return { words: capital(remedy.text), press: () => playground.pressRemedy(remedy.id, alert) };
}

function wreckStep(playground: Playground): Step {
  const fault = nextFault(playground.looked.position);
  if (!fault) return { words: 'From the start', press: () => playground.reset() };
  return { words: `Next wreck: ${fault.title}`, press: () => playground.wreckAnew(fault.id) };
}

function repairedStep(playground: Playground): Step {
  if (playground.looked.chapter === 'repaired' && playground.canReplay)
    return { words: 'Would it have held?', press: () => playground.wouldItHaveHeld() };
  if (playground.readings.held?.verdict === 'watching') return { words: 'The same fault comes again' };
  return wreckStep(playground);
}

function brokenStep(playground: Playground): Step {
  const { alert, readings, looked } = playground;
  const [remedy] = readings.remedies;
  if (alert && remedy) return { words: remedy.text, press: () => playground.pressRemedy(remedy.id) };
  const since = looked.lastStep - (readings.faultAt ?? looked.lastStep);
  if (since < quietSteps) return { words: 'Watch the signals' };
  return { words: 'Ship it', press: () => playground.ship() };
}

function healthyStep(playground: Playground): Step {
  const { staged, looked, readings } = playground;
  if (staged.some(({ at }) => at > looked.lastStep)) return { words: 'Something is about to happen' };
  const view = readings.faults.find(({ blocked }) => blocked === null);
  if (!view) return { words: 'The network is not there yet' };
  return { words: view.fault.title, press: () => playground.pressFault(view.fault.id) };
}

/** The next beat of what is on the page. */
export function nextStep(playground: Playground): Step {
  if (playground.looked.failed) return { words: 'From the start', press: () => playground.reset() };
  if (playground.looked.answering || playground.looked.waiting) return { words: 'It is being done' };
  const special = lessonStep(playground) ?? shippedStep(playground);
  if (special) return special;
  const { chapter } = playground.looked;
  if (chapter === 'repaired' || chapter === 'replayed') return repairedStep(playground);
  return chapter === 'broken' ? brokenStep(playground) : healthyStep(playground);
}

export type PresenterKey = 'next' | 'back' | 'code' | 'pause';

const keys: Readonly<Record<string, PresenterKey>> = {
  ArrowRight: 'next',
  PageDown: 'next',
  ' ': 'next',
  ArrowLeft: 'back',
  PageUp: 'back',
  q: 'code',
  p: 'pause',
  '.': 'pause',
};

/** What a key or a clicker means to a presenter; a key that is held is one press. */
export function presenterKey({
  key,
  repeat,
  ctrlKey,
  metaKey,
  altKey,
}: KeyboardEvent): PresenterKey | undefined {
  if (repeat || ctrlKey || metaKey || altKey) return undefined;
  return keys[key.length === 1 ? key.toLowerCase() : key];
}
