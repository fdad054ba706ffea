// Billed by metric name, however many series it has. Source: Datadog, “Metric Name Pricing for Custom Metrics” in its documentation.
import type { BillingModel, Month } from './billingModel.ts';

/** A name with more points than these is billed; every name has one in each export at least. */
const unbilledPoints = 100;

export const perMetricName = {
  id: 'per-metric-name',
  title: 'metric name',
  unit: 'names',
  price: {
    dollars: undefined,
    units: 1,
    per: 'metric name and month',
    vendor: 'Datadog, Metric Name pricing',
    page: 'docs.datadoghq.com/account_management/billing/metric_name_pricing',
    asOf: 'August 2026',
  },
  counted:
    'Distinct metric names with more than 100 points in the month; attributes do not count. 10 million points per name are included, and points beyond that are billed apart, which is not in this figure.',
  units: ({ names, exports }: Month) => (exports > unbilledPoints ? names : 0),
} as const satisfies BillingModel;
