// The measured levels as Markdown.
import type { LevelMeasurement, TelemetryLevel } from '../../telemetry/cost.ts';
import type { Found } from './found.ts';

/** Core signals are exported so often; levels above at every step. */
const coreInterval = 5;

const significant = (value: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);
const whole = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value);
const percent = (share: number): string => `${significant(100 * share)} %`;

function bytes(count: number): string {
  if (count < 1e6) return `${significant(count / 1000)} kB`;
  return `${significant(count / 1e6)} MB`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Of the time of a step, with telemetry at this level. */
function share({ level, stepsPerSecond, export: { milliseconds } }: LevelMeasurement): number {
  const each = level === 'core' ? milliseconds / (coreInterval * stepsPerSecond) : milliseconds;
  return (each * stepsPerSecond) / 1000;
}

export function levelTable(
  levels: readonly LevelMeasurement[],
  found: Readonly<Partial<Record<TelemetryLevel, Found | undefined>>>,
): string {
  const [core] = levels;
  const rows = levels.map((one) => [
    `\`${one.level}\``,
    whole(one.export.series),
    whole(one.export.points),
    bytes(one.export.bytes),
    bytes(one.export.gzip),
    `${significant(one.export.milliseconds)} ms`,
    significant(one.stepsPerSecond),
    `${significant((core?.stepsPerSecond ?? NaN) / one.stepsPerSecond)} ×`,
    percent(share(one)),
    ...(one.level in found ? [`step ${found[one.level]?.at ?? 'never'}`] : []),
  ]);
  const head = [
    'level',
    'series',
    'points',
    'protobuf',
    'gzip',
    'time of one export',
    'steps/s',
    'slower by',
  ];
  return table(
    [...head, 'share of step time', ...(Object.keys(found).length > 0 ? ['fault found'] : [])],
    rows,
  );
}

/** What the SDK's own limit of 2,000 series per instrument does to the levels that it touches. */
export function limitTable(levels: readonly LevelMeasurement[]): string {
  const rows = levels
    .filter(({ limited, export: full }) => limited.bytes < full.bytes)
    .map(({ level, limited, export: full }) => [
      `\`${level}\``,
      `${bytes(full.bytes)} → ${bytes(limited.bytes)}`,
      percent(1 - limited.bytes / full.bytes),
      `${significant(full.milliseconds)} → ${significant(limited.milliseconds)} ms`,
    ]);
  if (rows.length === 0) return 'No instrument has more than 2,000 series here: the limit cuts nothing.';
  return table(['level', 'one export', 'bytes saved', 'time of one export'], rows);
}
