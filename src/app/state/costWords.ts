// What telemetry costs, in words; every number is one that was measured.
import { byteSize, duration, percent, shortCount, whole } from '../../core/wording.ts';
import type { ExportCost, TelemetryCost } from '../../worker/protocol.ts';
import { isCapped } from './extrapolate.ts';

/** “≈ ” before what is partly extrapolated. */
const about = (cost: ExportCost) => (isCapped(cost) ? '≈ ' : '');

/** “13 series · 1.4 kB · 0.02 ms”: those in force, and one export of them once it was measured; “≈” before what is extrapolated. */
export function chipText(series: number | undefined, cost: TelemetryCost | undefined): string {
  if (series === undefined) return '–';
  const count = `${shortCount(series)} series`;
  if (cost?.export.series !== series) return count;
  const { bytes, milliseconds } = cost.export;
  return `${count} ${isCapped(cost.export) ? '≈' : '·'} ${byteSize(bytes)} · ${duration(milliseconds)}`;
}

/** Of one step: an export’s figures divided by the steps that it stands for. */
export function perStep({ export: one, stepsPerExport, telemetryMilliseconds }: TelemetryCost): ExportCost {
  const { points, bytes, gzip } = one;
  return {
    ...one,
    points: points / stepsPerExport,
    bytes: bytes / stepsPerExport,
    gzip: gzip / stepsPerExport,
    milliseconds: telemetryMilliseconds,
  };
}

/** Share of the time of a step, telemetry included, that telemetry takes. */
export function shareOfStep({ stepMilliseconds, telemetryMilliseconds }: TelemetryCost): number {
  return telemetryMilliseconds / (stepMilliseconds + telemetryMilliseconds);
}

/** “One export: 13 series, 1.4 kB, 0.02 ms. One every 300 steps.” */
export function exportLine({ export: one, stepsPerExport }: TelemetryCost): string {
  const mark = about(one);
  const often = stepsPerExport <= 1 ? 'One every step.' : `One every ${whole(stepsPerExport)} steps.`;
  return `One export: ${whole(one.series)} series, ${mark}${byteSize(one.bytes)}, ${mark}${duration(one.milliseconds)}. ${often}`;
}

/** “78 %”; a share that is no whole percent is told from nothing. */
export function shareText(share: number): string {
  return share > 0 && share < 0.005 ? '< 1 %' : percent(share);
}

/** “49 kB a step, 73 % of its time.” */
export function costLine(cost: TelemetryCost): string {
  const mark = about(cost.export);
  return `${mark}${byteSize(perStep(cost).bytes)} a step, ${mark}${shareText(shareOfStep(cost))} of its time.`;
}

/** What fewer series saved; undefined where there are no fewer. */
export function savedLine(before: TelemetryCost, after: TelemetryCost): string | undefined {
  const [was, is] = [perStep(before), perStep(after)];
  if (!(is.series < was.series)) return undefined;
  const mark = isCapped(before.export) || isCapped(after.export) ? '≈ ' : '';
  const time = was.milliseconds - is.milliseconds;
  const saved = [
    `${mark}${byteSize(was.bytes - is.bytes)}`,
    ...(time > 0 ? [`${mark}${duration(time)}`] : []),
  ];
  return `${whole(is.series)} series instead of ${whole(was.series)} save ${saved.join(' and ')} a step.`;
}
