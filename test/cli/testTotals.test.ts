// The totals of a test run never hide a test that did not pass.
import { expect, test } from 'vitest';
import { totalsLine, totalsOf, type TestRun } from '../../src/cli/testTotals.ts';

const report = (...files: string[][]) =>
  JSON.stringify({ testResults: files.map(([status, ...tests]) => file(status!, tests)) });
const file = (status: string, tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

const cases: [claim: string, run: Partial<TestRun>, line: string][] = [
  ['passing tests pass', { report: report(['passed', 'passed', 'passed']) }, '2 passed, 0 failed'],
  ['a skipped test has failed', { report: report(['passed', 'passed', 'skipped']) }, '1 passed, 1 failed'],
  ['a todo has failed', { report: report(['passed', 'passed', 'todo']) }, '1 passed, 1 failed'],
  ['a test that never finished has failed', { report: report(['passed', 'pending']) }, '0 passed, 1 failed'],
  [
    'a file that does not load has failed once',
    { report: report(['failed'], ['passed', 'passed']), exitCode: 1 },
    '1 passed, 1 failed',
  ],
  [
    'a file whose hook failed has failed once',
    { report: report(['failed', 'passed']), exitCode: 1 },
    '1 passed, 1 failed',
  ],
  [
    'a file with failed tests is not counted again',
    { report: report(['failed', 'failed', 'passed']), exitCode: 1 },
    '1 passed, 1 failed',
  ],
  [
    'an error outside every test has failed',
    { report: report(['passed', 'passed']), exitCode: 1 },
    '1 passed, 1 failed',
  ],
  ['a crash without a report has failed', { exitCode: 134 }, '0 passed, 1 failed'],
  [
    'tests that a name filter leaves out count neither way',
    { report: report(['passed', 'passed', 'skipped']), filteredByName: true },
    '1 passed, 0 failed',
  ],
];

test.each(cases)('%s', (_claim, run, line) => {
  expect(totalsLine(totalsOf({ report: undefined, exitCode: 0, filteredByName: false, ...run }))).toBe(line);
});
