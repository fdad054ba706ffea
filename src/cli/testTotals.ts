// Counts what a vitest run really did, from its JSON report and exit code: whatever did not pass has failed.
import * as v from 'valibot';

const reportSchema = v.object({
  testResults: v.array(
    v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) }),
  ),
});
type TestFile = v.InferOutput<typeof reportSchema>['testResults'][number];

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

export interface TestRun {
  /** Content of the JSON report; undefined when vitest died before it wrote one. */
  readonly report: string | undefined;
  readonly exitCode: number;
  /** A name filter (`-t`) reports the tests it leaves out as skipped; only then is a skipped test no failure. */
  readonly filteredByName: boolean;
}

/** A skipped or todo test, a file that does not load and a run that dies each count as failed. */
export function totalsOf({ report, exitCode, filteredByName }: TestRun): Totals {
  const files = report === undefined ? [] : v.parse(reportSchema, JSON.parse(report)).testResults;
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const passed = statuses.filter((status) => status === 'passed').length;
  const leftOut = filteredByName ? statuses.filter((status) => status === 'skipped').length : 0;
  const failed = statuses.length - passed - leftOut + files.filter(failedAsAWhole).length;
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

/** The file did not load, or a hook failed: no test of it is to blame. */
function failedAsAWhole(file: TestFile): boolean {
  return file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed');
}

export function totalsLine({ passed, failed }: Totals): string {
  return `${passed} passed, ${failed} failed`;
}
