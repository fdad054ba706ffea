// The narrator's words for alerts that are about the value of one signal: what it is now, and what to do about it; and for what was shipped.
import { counted, decimal, percent, whole } from '../../core/wording.ts';
import { detectorOf } from '../../detectors/index.ts';
import type { Alert } from './alerts.ts';
import type { Facts } from './facts.ts';
import { capital } from './wording.ts';

export interface Line {
  /** In bold: what happened. */
  readonly happened: string;
  readonly next: string;
}

interface Told {
  readonly alert: Alert;
  /** The value now, or where it is not emitted the one of the finding. */
  readonly value: number;
  readonly accuracy: Facts['accuracy'];
}

function rightNow({ now, right }: Facts['accuracy']): string {
  return now === undefined ? '' : ` ${capital(right)} on validation: ${percent(now)}.`;
}

const lines: Readonly<Record<string, (told: Told) => Line>> = {
  'exploding-gradient': ({ value, accuracy }) => ({
    happened: `gradient_norm is ${decimal(value)}: one update throws the weights anywhere.`,
    next: `Try a remedy.${rightNow(accuracy)}`,
  }),
  'input-shift': ({ value, accuracy }) => ({
    happened: `Users send something else: KL divergence ${decimal(value)}.`,
    next:
      accuracy.now === undefined
        ? 'Whether it harms, only labels tell.'
        : `Still ${percent(accuracy.now)} ${accuracy.right} on validation: that figure is about other inputs. Only labels tell.`,
  }),
  'over-instrumentation': ({ value }) => ({
    happened: `${whole(value)} time series.`,
    next: 'Every detector reads the same aggregates as before.',
  }),
  saturation: ({ alert: { finding }, value, accuracy }) => ({
    happened: `${percent(value)} of layer ${finding.layer}’s outputs are at their bounds.`,
    next: `Almost no gradient passes there.${rightNow(accuracy)}`,
  }),
  stalled: ({ alert: { finding }, accuracy }) => ({
    happened: `The loss has not fallen in ${counted(finding.at - finding.onset, 'step')}.`,
    next: `More of the same will not help.${rightNow(accuracy)}`,
  }),
  'vanishing-gradient': ({ value, accuracy }) => ({
    happened: `The first layer gets ${decimal(value)}× the last layer’s gradient.`,
    next: `Too little to learn from.${rightNow(accuracy)}`,
  }),
};

/** Of a gap: which signals are not there, or that they come too rarely. */
export function darkness({ finding: { evidence } }: Alert): Line {
  const [first] = evidence;
  if (first.signal === 'evaluated_at')
    return {
      happened: `The last evaluation is ${counted(first.value, 'step')} old.`,
      next: 'What goes wrong in between is seen that much later.',
    };
  const names = evidence.map(({ signal }) => signal).join(', ');
  return { happened: `Not emitted: ${names}.`, next: 'A dark lamp means nothing. Would you ship this?' };
}

/** Of a run that was shipped. */
export function shipped({ postMortem, accuracy }: Facts): Line | undefined {
  if (!postMortem) return undefined;
  const { at, production, verdict, isFine } = postMortem;
  const right =
    production && isFine === false ? `: ${percent(production.right)} ${accuracy.right} in production` : '';
  return { happened: `You shipped at step ${whole(at)}${right}.`, next: verdict };
}

/** Of a detector without words of its own, its observation and cause. */
export function further({ alert, alertValue, accuracy }: Facts): Line | undefined {
  if (!alert) return undefined;
  const { finding, resolvedAt } = alert;
  const detector = detectorOf(finding.detector);
  if (resolvedAt !== undefined)
    return { happened: `${detector.title}: over since step ${whole(resolvedAt)}.`, next: '' };
  const tell = lines[finding.detector];
  if (!tell) return { happened: detector.observation(finding), next: detector.cause(finding) };
  return tell({ alert, value: alertValue ?? finding.evidence[0].value, accuracy });
}
