// What came of a call, in words: kind to who was wrong, and fair to who was early.
import { whole } from '../../core/wording.ts';
import type { Finding } from '../../detectors/detector.ts';
import { detectorOf } from '../../detectors/index.ts';
import type { Call } from '../../lessons/call/callOf.ts';
import { capital } from './wording.ts';

/** How somebody called a run. */
export interface Called {
  /** What they named. */
  readonly answer: string;
  /** Step at which they stopped it; undefined = they let it run. */
  readonly at: number | undefined;
}

/** What the detectors have said so far. */
export interface Heard {
  /** What fired first. */
  readonly finding: Finding | undefined;
  /** The run is over: nothing more comes. */
  readonly isOver: boolean;
}

export function isRight(call: Call, { answer }: Called): boolean {
  return answer === call.answer;
}

export function verdict(call: Call, called: Called): string {
  const happened =
    call.at === undefined ? 'Nothing was wrong.' : `${capital(call.told)}, ${when(call, call.at)}.`;
  if (!isRight(call, called)) return called.answer === 'nothing' ? happened : `Not that. ${happened}`;
  const isEarly = called.at !== undefined && call.at !== undefined && called.at < call.at;
  return isEarly ? `Right, and early: ${happened}` : `Right. ${happened}`;
}

function when({ recipe }: Call, at: number): string {
  if (at === 0) return 'from the start';
  const isOnce = recipe.timeline.some(({ change }) => change.kind === 'corrupt-batch');
  return isOnce ? `at step ${whole(at)}` : `from step ${whole(at)} on`;
}

export function you({ at }: Called): string {
  return at === undefined ? 'You let it run.' : `You stopped it at step ${whole(at)}.`;
}

export function theDetectors({ finding, isOver }: Heard): string {
  if (finding) return `${detectorOf(finding.detector).title} fired at step ${whole(finding.at)}.`;
  return isOver ? 'No detector fired.' : 'The detectors are still looking …';
}

/** One line to share, which does not say what it was. */
export function shareLine({ day }: Call, { at }: Called, { finding }: Heard): string {
  const me = at === undefined ? 'I let it run' : `I called it at step ${whole(at)}`;
  const them = finding ? `the detectors at ${whole(finding.at)}` : 'the detectors said nothing';
  return `Trainwreck call ${day}: ${me}, ${them}.`;
}
