// `npm test`: makes sure of a browser, the data and a built page, runs vitest with the given arguments, and prints the real totals.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOrInstallChromium } from './chromium.ts';
import { totalsLine, totalsOf, type Totals } from './testTotals.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const args = process.argv.slice(2);

const problems = await prepare();
const { passed, failed } = runVitest();
// Said again at the end, where they are read: the tests that failed for want of them are far longer.
for (const problem of problems) console.error(problem);
report({ passed, failed: failed + problems.length });

/** What could not be made ready. Each counts as one failure; the tests that do not need it still run. */
async function prepare(): Promise<string[]> {
  const problems = [selects('e2e') ? buildPage() : npmRun('prepare-data')];
  if (['receiver', 'gpu', 'e2e'].some(selects)) problems.push(await provideBrowser());
  return problems.filter((problem) => problem !== undefined);
}

function buildPage(): string | undefined {
  // Without this a failed build would leave the last page in place, and the tests would pass on that.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  return npmRun('build');
}

async function provideBrowser(): Promise<string | undefined> {
  try {
    process.env['TRAINWRECK_CHROMIUM'] = await findOrInstallChromium();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the `--project` arguments, if any, may select this project; patterns are left to vitest. */
function selects(project: string): boolean {
  const patterns = args.flatMap((arg, i) => {
    if (arg === '--project') return args.slice(i + 1, i + 2);
    return arg.startsWith('--project=') ? [arg.slice('--project='.length)] : [];
  });
  return patterns.length === 0 || patterns.some((pattern) => pattern === project || /[*!]/.test(pattern));
}

function npmRun(script: string): string | undefined {
  // npm is a script on Windows, which only a shell can start.
  const { status } = spawnSync(`npm run ${script}`, { cwd: root, stdio: 'inherit', shell: true });
  return status === 0 ? undefined : `npm run ${script}: exit code ${status ?? 'none'}; its output is above`;
}

function runVitest(): Totals {
  const folder = mkdtempSync(join(tmpdir(), 'trainwreck-test-'));
  const reportFile = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  const report = existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : undefined;
  rmSync(folder, { recursive: true });
  return totalsOf({ report, exitCode: status ?? 1, filteredByName: args.some(isNameFilter) });
}

function isNameFilter(arg: string): boolean {
  return arg === '-t' || arg.startsWith('--testNamePattern');
}

function report(totals: Totals): void {
  const line = totalsLine(totals);
  const file = process.env['TRAINWRECK_TOTALS'];
  if (file !== undefined && file !== '') writeFileSync(file, `${line}\n`);
  console.log(line);
  process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}
