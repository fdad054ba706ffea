// What the narrator says aloud, and when it is news: many of its sentences hold a number that changes with every step.
import { detectorOf } from '../../detectors/index.ts';
import type { Facts } from './facts.ts';
import type { Line } from './narrateAlert.ts';

/** Letters only: what is left of a sentence when its numbers move. */
function wordsOf({ happened }: Line): string {
  return happened.replaceAll(/\P{L}+/gu, '');
}

/**
 * By what something that happened is told from the same thing with other numbers: the run, its presses, its alert, the kind of sentence.
 * @param isCovered nothing may tell that an alert came
 */
export function momentOf({ runName, faults, alert }: Facts, line: Line, isCovered: boolean): string {
  if (isCovered || !alert) return [runName, faults.length, wordsOf(line)].join();
  const { finding, raisedAt, resolvedAt } = alert;
  return [
    runName,
    faults.length,
    finding.detector,
    finding.layer,
    raisedAt,
    resolvedAt,
    wordsOf(line),
  ].join();
}

/** The line, and before it why the run stands still where nobody has paused it. */
export function spokenText({ status, alert }: Facts, { happened, next }: Line): string {
  const isHeld = status.kind === 'paused' && status.reason === 'alert' && alert !== undefined;
  const why = isHeld ? `Paused at the alert: ${detectorOf(alert.finding.detector).title}. ` : '';
  return `${why}${happened} ${next}`.trim();
}
