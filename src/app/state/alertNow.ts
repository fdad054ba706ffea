// What an alert says has moved on since it was raised: its number now, where that tells more than the one of the first moment.
import { decimal, percent, whole } from '../../core/wording.ts';
import type { Facts } from './facts.ts';

/** How the value that a finding is about is written. */
const writers: Readonly<Record<string, (value: number) => string>> = {
  'dead-neurons': percent,
  'exploding-gradient': decimal,
  'input-shift': decimal,
  'over-instrumentation': whole,
  overfit: (value) => `${decimal(value)}×`,
  saturation: percent,
  'vanishing-gradient': (value) => `${decimal(value)}×`,
};

/** A number has moved when it is this many times what it was, or less by as much. */
const moved = 1.2;

function hasMoved(then: number, now: number): boolean {
  return now > then * moved || now * moved < then;
}

/** “Now 88 %.”, “At its highest 56×, loss 405×.”, or nothing. */
export function alertNow({ alert, alertValue, peak }: Pick<Facts, 'alert' | 'alertValue' | 'peak'>): string {
  if (!alert || alert.resolvedAt !== undefined) return '';
  const [first, second] = alert.finding.evidence;
  switch (alert.finding.detector) {
    case 'loss-spike': {
      const then = first.value / (first.baseline ?? 1);
      const lossThen = second ? second.value / (second.baseline ?? 1) : Infinity;
      if (!peak || !(hasMoved(then, peak.gradient) || peak.loss > lossThen * moved)) return '';
      return `At its highest ${decimal(peak.gradient)}×${peak.loss >= moved ? `, the loss ${decimal(peak.loss)}×` : ''}.`;
    }
    default: {
      const write = writers[alert.finding.detector];
      const isNews = alertValue !== undefined && hasMoved(first.value, alertValue);
      return write && isNews ? `Now ${write(alertValue)}.` : '';
    }
  }
}
