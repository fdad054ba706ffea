// How often one detector or rule was right, counted run by run.
import { median, quantile } from './statistics.ts';
import type { Span, Verdict } from './trial.ts';

/** First step from `from` on at which something alarmed; undefined = never. */
export function firstAlarm(spans: readonly Span[] | undefined, from: number): number | undefined {
  const steps = (spans ?? []).flatMap(([start, end]) => (end > from ? [Math.max(start, from)] : []));
  return steps.length === 0 ? undefined : Math.min(...steps);
}

/** One line of the table. Latencies are null where nothing was detected. */
export interface ScoreLine {
  readonly healthyRuns: number;
  readonly falselyAlarmed: number;
  readonly effective: number;
  readonly detected: number;
  readonly latencyMedian: number | null;
  readonly latencyP90: number | null;
}

export class Score {
  healthyRuns = 0;
  falselyAlarmed = 0;
  effective = 0;
  readonly latencies: number[] = [];

  get detected(): number {
    return this.latencies.length;
  }

  healthy(spans: readonly Span[] | undefined): void {
    this.healthyRuns++;
    if (firstAlarm(spans, 0) !== undefined) this.falselyAlarmed++;
  }

  fault({ from, early, until }: Verdict, spans: readonly Span[] | undefined): void {
    this.effective++;
    const at = firstAlarm(spans, from - early);
    if (at !== undefined && at < (until ?? Infinity)) this.latencies.push(Math.max(0, at - from));
  }

  get line(): ScoreLine {
    const { healthyRuns, falselyAlarmed, effective, detected, latencies } = this;
    const known = detected > 0;
    return {
      healthyRuns,
      falselyAlarmed,
      effective,
      detected,
      latencyMedian: known ? median(latencies) : null,
      latencyP90: known ? quantile(latencies, 0.9) : null,
    };
  }
}
