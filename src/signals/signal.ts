// What a signal is: one named aggregate, its unit and its OpenTelemetry instrument.
import type { Settings } from '../core/settings.ts';

export interface Signal {
  /** Name on the page, in detectors and in links. */
  readonly id: string;
  /** Name of the OpenTelemetry metric. */
  readonly metric: string;
  readonly instrument: 'gauge' | 'counter';
  /** UCUM unit; `1` only for true ratios. */
  readonly unit: string;
  readonly scope: 'run' | 'layer';
  /** What the number is, in one sentence. */
  readonly description: string;
  /** Whether a run with these settings has it at all; an inapplicable signal is absent, never 0. */
  applies(settings: Settings): boolean;
}

export const always = (): boolean => true;
