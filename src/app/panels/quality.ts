// How often the alarms are wrong, as `npm run quality -- --json` printed it; loaded with the drawer that shows it.

export interface QualityLine {
  readonly healthyRuns: number;
  readonly falselyAlarmed: number;
  readonly effective: number;
  readonly detected: number;
  readonly latencyMedian: number | null;
  readonly latencyP90: number | null;
}

export interface Quality {
  readonly detectors: Readonly<Record<string, QualityLine>>;
  readonly rules: Readonly<Record<string, QualityLine>>;
  readonly matrix: Readonly<
    Record<
      string,
      {
        readonly expected: readonly string[];
        readonly may: readonly string[];
        readonly fired: Readonly<Record<string, number>>;
      }
    >
  >;
}

/** A file of its own, for who opens the drawer. @throws Error where it does not load */
export async function loadQuality(): Promise<Quality> {
  const { default: measured } = await import('../../../docs/quality.json');
  return measured;
}

/** “1.3 %”; a dash of nothing. */
export function shareText(part: number, all: number): string {
  return all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`;
}
