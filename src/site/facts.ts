// What the pages know beside the sources themselves: measured figures, and which pictures have been taken.
import * as v from 'valibot';

const line = v.object({
  healthyRuns: v.number(),
  falselyAlarmed: v.number(),
  effective: v.number(),
  detected: v.number(),
  latencyMedian: v.nullable(v.number()),
});

const schema = v.object({
  /** By detector. */
  detectors: v.record(v.string(), line),
  /** By scenario: share of 20 seeds in which each detector fired. */
  matrix: v.record(v.string(), v.object({ fired: v.record(v.string(), v.number()) })),
});

export type Quality = v.InferOutput<typeof schema>;
export type QualityLine = v.InferOutput<typeof line>;

export interface SiteFacts {
  /** What `npm run quality` measured; undefined where nothing was. */
  readonly quality: Quality | undefined;
  /** Whether there is a file, by its path from the root of the sources. */
  readonly hasFile: (path: string) => boolean;
}

/** @throws ValiError where the figures are not as `npm run quality:docs` writes them */
export function parseQuality(value: unknown): Quality {
  return v.parse(schema, value);
}
