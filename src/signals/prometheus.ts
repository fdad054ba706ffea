// Names of our metrics in Prometheus: what an OTLP → Prometheus translation makes of them.

/** What the translation looks at. */
interface Named {
  readonly metric: string;
  readonly instrument: 'gauge' | 'counter' | 'histogram';
  readonly unit: string;
}

/** Units that are spelled out; those in braces are annotations, and dropped. */
const units: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes' };

/**
 * The name that Prometheus' OTLP endpoint (strategy UnderscoreEscapingWithSuffixes, its default) and the Collector's Prometheus exporters give
 * (OpenTelemetry specification, “OTLP metric points to Prometheus”): words joined by underscores, then the unit unless the name has it,
 * `ratio` last for a gauge of unit 1, `total` last for a counter, neither twice. A histogram has `_bucket`, `_sum` and `_count` after it.
 */
export function prometheusName({ metric, instrument, unit }: Named): string {
  const words = metric.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '');
  const spelled = units[unit];
  const withUnit = spelled === undefined || words.includes(spelled) ? words : [...words, spelled];
  const suffix =
    instrument === 'counter' ? 'total' : instrument === 'gauge' && unit === '1' ? 'ratio' : undefined;
  if (suffix === undefined) return withUnit.join('_');
  return [...withUnit.filter((word) => word !== suffix), suffix].join('_');
}

/** An attribute's name as a label. */
export function labelName(attribute: string): string {
  return attribute.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}
