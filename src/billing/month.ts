// From one export to a month of them.
import type { Month } from './billingModel.ts';

/** 365 days ÷ 12. */
export const hoursOfMonth = 730;

/** What every export has. */
export interface Exported {
  readonly series: number;
  readonly names: number;
  /** OTLP protobuf before compression. */
  readonly bytes: number;
}

/** How a model is trained in production; a person may change both. */
export interface Habit {
  /** Hours of training in a month. */
  readonly hours: number;
  /** Between two exports. */
  readonly seconds: number;
}

export function monthOf({ series, names, bytes }: Exported, { hours, seconds }: Habit): Month {
  const exports = (hours * 3600) / seconds;
  return { hours, seconds, exports, series, names, bytes: bytes * exports };
}
