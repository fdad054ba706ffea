// `npm run bench [-- options]`: compares engines in one run by ratios of medians from interleaved repeats, never by single times.
import { benchInChromium, Stopped } from './bench/chromiumHost.ts';
import { benchInNode } from './bench/nodeHost.ts';
import { parseCommandLine, usage, type CommandLine } from './bench/options.ts';
import { jsonReport, printReport } from './bench/report.ts';
import { measureGoals } from './bench/goals.ts';
import { checkNames } from './bench/wishes.ts';

function readCommandLine(): CommandLine {
  try {
    const commandLine = parseCommandLine(process.argv.slice(2));
    checkNames(commandLine.bench);
    return commandLine;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

const begun = performance.now();

/** On standard error, so that standard output holds the result alone. */
function progress(line: string): void {
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.error(`${String(seconds).padStart(4)} s  ${line}`);
}

async function main({ json, node, hardware, help, bench }: CommandLine): Promise<number> {
  if (help) {
    console.log(usage);
    return 0;
  }
  const result = await (node ? benchInNode(bench, progress) : benchInChromium(bench, hardware, progress));
  const figures = measureGoals(result);
  if (json) console.log(JSON.stringify(jsonReport(result, figures), null, 2));
  else printReport(result, figures);
  const good = result.rows.every(({ valid }) => valid) && figures.every(({ reached }) => reached);
  return good ? 0 : 1;
}

const exitCode = await main(readCommandLine()).catch((error: unknown) => {
  if (error instanceof Stopped) return 130;
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
});
// Not left to the event loop: Dawn's threads would keep the process alive.
process.exit(exitCode);
