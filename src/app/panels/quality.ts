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

/** Undefined where nothing was measured before the page was built. @throws Error where the table does not load */
export async function loadQuality(): Promise<Quality | undefined> {
  const response = await fetch(new URL('../../../docs/quality.json', import.meta.url));
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  if (!response.ok || !isJson) return undefined;
  const quality: unknown = await response.json();
  return isQuality(quality) ? quality : undefined;
}

/** “1.3 %”; a dash of nothing. */
export function shareText(part: number, all: number): string {
  return all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`;
}
