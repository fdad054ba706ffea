// Does jobs on several threads, or on this one where threads cannot load the program.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { work, type Done, type Job } from './job.ts';

/** Called for every job as it is done, in no particular order. */
export type Take = (job: Job, done: Done) => void;

/** What a training thread says: that it has loaded, then what came of each job. */
export type Reply = 'ready' | { readonly done: Done } | { readonly failure: string };

/** Node's threads do not inherit the loader that reads TypeScript, so the thread registers it itself and then loads the trainer. */
function startTrainer(): Worker {
  const loader = import.meta.resolve('tsx/esm/api');
  const trainer = new URL('./trainer.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(trainer)}); })`;
  return new Worker(script, { eval: true });
}

/** The next thing that a thread says; rejects where it ends instead. */
function nextReply(worker: Worker): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (reply: Reply): void => settle(() => resolve(reply));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`a training thread ended with status ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

async function ask(worker: Worker, job: Job): Promise<Done> {
  worker.postMessage(job);
  const reply = await nextReply(worker);
  if (reply !== 'ready' && 'done' in reply) return reply.done;
  throw new Error(`${job.trial.label}: ${reply === 'ready' ? 'no answer' : reply.failure}`);
}

async function drain(jobs: Iterator<Job>, doJob: (job: Job) => Promise<Done>, take: Take): Promise<void> {
  for (let next = jobs.next(); next.done !== true; next = jobs.next()) {
    take(next.value, await doJob(next.value));
  }
}

/** Threads that have loaded; none where they cannot. */
async function startTrainers(count: number): Promise<readonly Worker[]> {
  const workers = Array.from({ length: count }, startTrainer);
  try {
    await Promise.all(workers.map(nextReply));
    return workers;
  } catch (error) {
    console.error(`no training threads here (${String(error)}): one run after another instead`);
    for (const worker of workers) void worker.terminate();
    return [];
  }
}

/** @param threads 0 = one per core */
export async function doAll(jobs: readonly Job[], threads: number, take: Take): Promise<void> {
  const wanted = Math.min(jobs.length, threads === 0 ? availableParallelism() : threads);
  const left = jobs.values();
  const workers = wanted > 1 ? await startTrainers(wanted) : [];
  if (workers.length === 0) return drain(left, work, take);
  try {
    await Promise.all(workers.map((worker) => drain(left, (job) => ask(worker, job), take)));
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}
