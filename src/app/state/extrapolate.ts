// What telemetry would cost on a network of another size: scaled from what was measured on this one, and to be labelled so.
import type { Settings } from '../../core/settings.ts';
import { seriesOfSize, type NetworkSize } from '../../signals/series.ts';
import type { ExportCost } from '../../worker/protocol.ts';

/** This network made wider until it has so many parameters: as deep as before, its units grow with the square root. */
export function widened(size: NetworkSize, parameters: number): NetworkSize {
  const units = Math.round(size.units * Math.sqrt(parameters / size.parameters));
  return { ...size, parameters, units };
}

/** Every figure in proportion to the series. */
function scaledTo(series: number, measured: ExportCost): ExportCost {
  const factor = series / measured.series;
  const { points, bytes, gzip, milliseconds } = measured;
  return {
    series,
    recorded: measured.recorded,
    points: points * factor,
    bytes: bytes * factor,
    gzip: gzip * factor,
    milliseconds: milliseconds * factor,
  };
}

/** An export at the level in force on a network with so many parameters. */
export function extrapolated(
  measured: ExportCost,
  settings: Settings,
  size: NetworkSize,
  parameters: number,
): ExportCost {
  return scaledTo(seriesOfSize(settings, widened(size, parameters)), measured);
}

/** Series were left out by the worker’s cap: what is told of them is scaled from those recorded. */
export function isCapped({ series, recorded }: ExportCost): boolean {
  return recorded < series;
}
