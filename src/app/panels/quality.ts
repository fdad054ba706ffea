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

function isQuality(value: unknown): value is Quality {
  return typeof value === 'object' && value !== null && 'detectors' in value && 'matrix' in value;
}

/** The table, where there was one when the page was built. */
const measured = import.meta.glob('../../../docs/quality.json', { import: 'default' });

/** Undefined where nothing was measured before the page was built. @throws Error where the table does not load */
export async function loadQuality(): Promise<Quality | undefined> {
  const [load] = Object.values(measured);
  const quality = await load?.();
  return isQuality(quality) ? quality : undefined;
}

/** “1.3 %”; a dash of nothing. */
export function shareText(part: number, all: number): string {
  return all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`;
}
