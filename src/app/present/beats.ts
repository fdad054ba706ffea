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

function isHidden({ view }: Playground, ...names: readonly string[]): boolean {
  return names.some((name) => view.shown.hide.includes(name));
}

/** Where nothing is left to press: what a link hides is off here too. */
const noMore: Step = { words: 'That was all' };

function lessonStep({ lesson }: Playground): Step | undefined {
  if (!lesson) return undefined;
  if (lesson.isHidden) return { words: 'The answer', press: () => lesson.reveal() };
  const words = lesson.beat.until === 'searched' ? 'Give up the search' : 'Next';
  return { words, press: () => lesson.skip() };
}

/** Until it is called, the same words whatever the run does. */
function callStep(playground: Playground): Step | undefined {
  const { call, looked } = playground;
  if (!call) return undefined;
  if (call.phase === 'over') return { words: 'Explore this run', press: () => playground.leaveCall() };
  if (call.phase === 'naming') return { words: 'What is wrong? Name it in the card' };
  if (looked.lastStep < 0) return { words: 'The network is not there yet' };
  return { words: 'Stop: something is wrong', press: () => call.stop() };
}

function startStep(playground: Playground): Step {
  if (isHidden(playground, 'reset')) return noMore;
  return { words: 'From the start', press: () => playground.reset() };
}

function shippedStep(playground: Playground): Step | undefined {
  const { shipping } = playground;
  if (!shipping.postMortem) return undefined;
  const [remedy] = shipping.remedies;
  const { alert } = shipping;
  if (!remedy || !alert || isHidden(playground, 'remedies')) return wreckStep(playground);
  return { words: capital(remedy.text), press: () => playground.pressRemedy(remedy.id, alert) };
}

function wreckStep(playground: Playground): Step {
  if (isHidden(playground, 'next')) return noMore;
  const fault = nextFault(playground.looked.position, playground.view.shown.hide);
  if (!fault) return startStep(playground);
  return { words: `Next wreck: ${fault.title}`, press: () => playground.wreckAnew(fault.id) };
}

function repairedStep(playground: Playground): Step {
  const canReplay = playground.canReplay && !isHidden(playground, 'held');
  if (playground.looked.chapter === 'repaired' && canReplay)
    return { words: 'Would it have held?', press: () => playground.wouldItHaveHeld() };
  if (playground.readings.held?.verdict === 'watching') return { words: 'The same fault comes again' };
  return wreckStep(playground);
}

function brokenStep(playground: Playground): Step {
  const { alert, readings, looked } = playground;
  const [remedy] = readings.remedies;
  if (alert && remedy && !isHidden(playground, 'remedies'))
    return { words: remedy.text, press: () => playground.pressRemedy(remedy.id) };
  const since = looked.lastStep - (readings.faultAt ?? looked.lastStep);
  if (since < quietSteps || isHidden(playground, 'ship')) return { words: 'Watch the signals' };
  return { words: 'Ship it', press: () => playground.ship() };
}

function healthyStep(playground: Playground): Step {
  const { staged, looked, readings } = playground;
  const shown = readings.faults.filter(({ fault }) => !isHidden(playground, 'faults', fault.id));
  if (staged.some(({ at }) => at > looked.lastStep)) return { words: 'Something is about to happen' };
  if (shown.length === 0) return { words: 'Watch the signals' };
  const view = shown.find(({ blocked }) => blocked === null);
  if (!view) return { words: 'The network is not there yet' };
  return { words: view.fault.title, press: () => playground.pressFault(view.fault.id) };
}

/** The next beat of what is on the page. */
export function nextStep(playground: Playground): Step {
  if (playground.looked.failed) return startStep(playground);
  const called = callStep(playground);
  if (called) return called;
  if (playground.looked.answering || playground.looked.waiting) return { words: 'It is being done' };
  const special = lessonStep(playground) ?? shippedStep(playground);
  if (special) return special;
  const { chapter } = playground.looked;
  if (chapter === 'repaired' || chapter === 'replayed') return repairedStep(playground);
  return chapter === 'broken' ? brokenStep(playground) : healthyStep(playground);
}

export type PresenterKey = 'next' | 'back' | 'code' | 'pause';

/** The control that does the same, by its name in links; what comes next goes by what it would press. */
const controlOf: Readonly<Partial<Record<PresenterKey, string>>> = {
  back: 'undo',
  code: 'share',
  pause: 'pause',
};

export function isKeptOff(key: PresenterKey, hidden: readonly string[]): boolean {
  const control = controlOf[key];
  return control !== undefined && hidden.includes(control);
}

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
