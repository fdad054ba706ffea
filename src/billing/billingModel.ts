// What a billing model is: what a vendor counts, at which price, and how many units a month of training comes to.

/** A month of training as a vendor would see it. */
export interface Month {
  /** Hours in which anything is sent; 730 = all of it. */
  readonly hours: number;
  /** Between two exports. */
  readonly seconds: number;
  /** Time series while it trains. */
  readonly series: number;
  /** Distinct metric names. */
  readonly names: number;
  readonly exports: number;
  /** In the whole month, as OTLP protobuf before compression. */
  readonly bytes: number;
}

/** As the vendor states it in public. Not loaded by anyone: a person may look it up. */
interface ListPrice {
  /** Undefined: there is no public price. */
  readonly dollars: number | undefined;
  /** Units that the price is of, and that in words: “1,000 active series and month”. */
  readonly units: number;
  readonly per: string;
  readonly vendor: string;
  readonly page: string;
  /** Month in which the page said so. */
  readonly asOf: string;
}

export interface BillingModel {
  readonly id: string;
  /** What one pays by: “series”. */
  readonly title: string;
  /** Of what is counted, many of them: “series”. */
  readonly unit: string;
  readonly price: ListPrice;
  /** What the vendor counts, exactly, and what stands for it here. */
  readonly counted: string;
  /** How many are billed for a month, before any free allowance. */
  units(month: Month): number;
}
