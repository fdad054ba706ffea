// Billed by what is taken in. Source: New Relic, “Data ingest billing” in its documentation, and its price page.
import type { BillingModel, Month } from './billingModel.ts';

/** The vendor’s own definition. */
const bytesPerGigabyte = 1e9;

export const perGigabyte = {
  id: 'per-gigabyte',
  title: 'GB',
  unit: 'GB',
  price: {
    dollars: 0.4,
    units: 1,
    per: 'GB taken in',
    vendor: 'New Relic, Original Data',
    page: 'newrelic.com/pricing',
    asOf: 'October 2026',
  },
  counted:
    'Bytes as the vendor stores them, 10⁹ to the GB. Here the OTLP protobuf before compression stands for them: what is stored may be larger.',
  units: ({ bytes }: Month) => bytes / bytesPerGigabyte,
} as const satisfies BillingModel;
