// What `npm run quality -- --json` prints, as the documents read it.
import * as v from 'valibot';

const count = v.number();
const line = v.object({
  healthyRuns: count,
  falselyAlarmed: count,
  effective: count,
  detected: count,
  latencyMedian: v.nullable(count),
  latencyP90: v.nullable(count),
});
const remedy = v.object({
  runs: count,
  recovered: count,
  recoveredByNothing: count,
  recoveredByRandom: count,
});

const schema = v.object({
  detectors: v.record(v.string(), line),
  rules: v.record(v.string(), line),
  matrix: v.record(
    v.string(),
    v.object({
      expected: v.array(v.string()),
      may: v.array(v.string()),
      fired: v.record(v.string(), count),
    }),
  ),
  remedies: v.record(v.string(), remedy),
  ineffective: v.record(v.string(), count),
});

export type Quality = v.InferOutput<typeof schema>;
export type QualityLine = v.InferOutput<typeof line>;

/** @throws Error that names the field that is missing or wrong */
export function parseQuality(text: string): Quality {
  let value: unknown;
  try {
    // npm prints the command's name before its output.
    value = JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new Error(`${v.getDotPath(issue) ?? 'the object'}: ${issue.message}`);
}
