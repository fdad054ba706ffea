// `npm run quality [-- options]`: how often each detector is wrong, early or late, measured on runs whose truth comes from their twins.
import { costOf, type Job } from './quality/job.ts';
import { measureGoals } from './quality/goals.ts';
import { makeNodeGpuEngine } from './nodeEngine.ts';
import { parseCommandLine, usage, type CommandLine } from './quality/options.ts';
import { outsideJob, readOutside } from './quality/outside.ts';
import { jobsOf } from './quality/plan.ts';
import { doAll, type Take } from './quality/pool.ts';
import { Progress } from './quality/progress.ts';
import { splitJobs, trainReplicas } from './quality/replicas.ts';
import { goalText, jsonReport, printReport } from './quality/report.ts';
import { Tally } from './quality/tally.ts';
import { messageOf } from '../worker/messageOf.ts';

/** Whatever is not understood ends here, before anything is trained. */
function refuse(error: unknown, help = ''): never {
  console.error(`${messageOf(error)}${help}`);
  process.exit(2);
}

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    return refuse(error, `\n\n${usage}`);
  }
}

async function readJobs(commandLine: CommandLine): Promise<readonly Job[]> {
  const { recipes } = commandLine;
  if (recipes === undefined) return jobsOf(commandLine);
  const runs = await readOutside(recipes).catch((error: unknown) => refuse(error));
  return runs.map(outsideJob);
}

async function main(commandLine: CommandLine): Promise<number> {
  if (commandLine.help) {
    console.log(usage);
    return 0;
  }
  const jobs = await readJobs(commandLine);
  const progress = new Progress(
    jobs.length,
    jobs.reduce((sum, job) => sum + costOf(job), 0),
  );
  const tally = new Tally(commandLine.only);
  const take: Take = (job, done) => {
    tally.add(job, done);
    progress.add(costOf(job));
  };
  const { replicated, others } = commandLine.gpu ? splitJobs(jobs) : { replicated: [], others: jobs };
  if (replicated.length > 0) {
    const engine = await makeNodeGpuEngine('compiled').catch((error: unknown) => refuse(error));
    for (const group of replicated) await trainReplicas(engine, group, take);
    engine.dispose();
  }
  await doAll(others, commandLine.threads, take);
  // A few runs from a file say nothing of the quality table.
  const goals = commandLine.recipes === undefined ? measureGoals(tally) : [];
  if (commandLine.json) {
    console.log(JSON.stringify(jsonReport(tally), null, 2));
    for (const goal of goals) if (!goal.reached) console.error(goalText(goal));
  } else printReport(tally, goals);
  return goals.every(({ reached }) => reached) ? 0 : 1;
}

process.once('SIGINT', () => process.exit(130));
const exitCode = await main(readCommandLine()).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
});
process.exit(exitCode);
