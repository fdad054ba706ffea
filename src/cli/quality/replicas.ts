// Runs that nobody looks into, the seeds of a scenario, as replicas of one program on a GPU.
import { sameStructure } from '../../core/settings.ts';
import { settingsPeriods } from '../../core/timeline.ts';
import type { CompiledEngine } from '../../engine/compiled/gpu/index.ts';
import { RowContext } from '../../engine/context.ts';
import type { CompileRequest } from '../../engine/engine.ts';
import type { Job } from './job.ts';
import type { Take } from './pool.ts';
import { datasetOf } from './program.ts';
import { watch } from './watch.ts';

type ScenarioJob = Extract<Job, { kind: 'scenario' }>;

/** One program trains them all: the timeline changes no structure and no validation set, and opens no further run. */
function isOneProgram({ trial: { recipe } }: ScenarioJob): boolean {
  const [first, ...later] = settingsPeriods(recipe, 0).map(({ settings }) => settings);
  const isSteady = later.every((settings) => first && sameStructure(first, settings));
  return isSteady && recipe.timeline.every(({ rewindTo }) => rewindTo === undefined);
}

/** The jobs that replicas can do, by scenario, and all others. */
export function splitJobs(jobs: readonly Job[]): {
  readonly replicated: readonly (readonly ScenarioJob[])[];
  readonly others: readonly Job[];
} {
  const groups = new Map<string, ScenarioJob[]>();
  const others: Job[] = [];
  for (const job of jobs) {
    if (job.kind === 'scenario' && isOneProgram(job))
      groups.set(job.scenario, [...(groups.get(job.scenario) ?? []), job]);
    else others.push(job);
  }
  return { replicated: [...groups.values()], others };
}

/** Trains the seeds of one scenario side by side. */
export async function trainReplicas(
  engine: CompiledEngine,
  jobs: readonly ScenarioJob[],
  take: Take,
): Promise<void> {
  const requests: CompileRequest[] = [];
  for (const { trial } of jobs) {
    const { recipe } = trial;
    requests.push({ recipe, generation: 0, dataset: await datasetOf(recipe), fromStep: 0 });
  }
  const replicas = await engine.compileReplicas(requests);
  try {
    await replicas.advance(Math.max(...jobs.map(({ trial }) => trial.steps)));
    const rows = await replicas.rows();
    if (replicas.missed > 0) throw new Error(`${replicas.missed} rows of ${jobs[0]?.scenario} were missed`);
    jobs.forEach((job, index) => {
      const [request, words] = [requests[index], rows[index]?.slice()];
      if (!request || !words) return;
      new RowContext(request, replicas.layout).fill(replicas.layout, words);
      const outcome = { verdicts: {}, ...watch(request.recipe, request.dataset, replicas.layout, words) };
      take(job, { kind: 'trained', outcome });
    });
  } finally {
    replicas.dispose();
  }
}
