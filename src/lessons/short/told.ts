// What the detectors said of a run, in a sentence with its figures; that none spoke is an answer too.
import { counted, whole } from '../../core/wording.ts';
import type { Finding } from '../../detectors/detector.ts';
import { blindWithout, detectorOf, detectors, isAlert } from '../../detectors/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { RunFacts } from '../lesson.ts';

/** The alert that fired first, at this step or later. */
function firstAlert(run: RunFacts, from: number): Finding | undefined {
  const found = detectors
    .filter(({ id }) => isAlert({ detector: id }))
    .flatMap(({ id }) => run.finding(id) ?? [])
    .filter(({ at }) => at >= from);
  return found.sort((a, b) => a.at - b.at)[0];
}

/** “Loss spike fired at step 402.”, and what it rests on: “Loss 12× what it was.” */
export function toldBy(run: RunFacts, from: number): readonly [what: string, evidence: string] | undefined {
  const finding = firstAlert(run, from);
  if (!finding) return undefined;
  const detector = detectorOf(finding.detector);
  return [`${detector.title} fired at step ${whole(finding.at)}.`, detector.observation(finding)];
}

/** “No alert in 900 steps.” */
export function silence({ step }: RunFacts, from: number): string {
  return `No alert in ${counted(Math.max(0, step + 1 - from), 'step')}.`;
}

/** “validation_loss is not emitted: blind is overfitting.”, or nothing where every signal is emitted. */
export function blindness({ recipe }: Scenario, run: RunFacts): string {
  const hidden = run.unemitted(Math.max(0, run.step));
  const { blind } = blindWithout(hidden, recipe);
  if (hidden.length === 0) return '';
  const titles = blind.map(({ title }) => title.toLowerCase()).join(' and ');
  return `Without ${hidden.join(' and ')} these are blind: ${titles}.`;
}
