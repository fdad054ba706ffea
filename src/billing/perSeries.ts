// Billed by active series. Source: Grafana Cloud, “Metrics pricing” in its documentation, and its price page.
import type { BillingModel, Month } from './billingModel.ts';
import { hoursOfMonth } from './month.ts';

/** Included per series; whoever sends more often is billed as if it were more series. */
const pointsPerMinute = 1;
/** Usage is the 95th percentile of the month: what lives for less than the rest of it is not seen. */
const unseenHours = 0.05 * hoursOfMonth;

export const perSeries = {
  id: 'per-series',
  title: 'series',
  unit: 'series',
  price: {
    dollars: 6.5,
    units: 1000,
    per: '1,000 active series and month',
    vendor: 'Grafana Cloud Pro',
    page: 'grafana.com/pricing',
    asOf: 'August 2026',
  },
  counted:
    'Active series: each metric name with each set of attributes is one. One point a minute is included; exports more often than that multiply the count. The 95th percentile of the month is billed, so fewer than 37 hours of it cost nothing.',
  units: ({ hours, seconds, series }: Month) =>
    hours <= unseenHours ? 0 : series * Math.max(1, 60 / seconds / pointsPerMinute),
} as const satisfies BillingModel;
