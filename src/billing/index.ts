// How vendors bill for telemetry, the one shown first at the top.
import type { BillingModel } from './billingModel.ts';
import { perGigabyte } from './perGigabyte.ts';
import { perMetricName } from './perMetricName.ts';
import { perSeries } from './perSeries.ts';

export const billingModels = [
  perSeries,
  perMetricName,
  perGigabyte,
] as const satisfies readonly BillingModel[];
