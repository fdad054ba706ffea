// A training thread of the measurement: jobs in, what came of them out.
import { parentPort } from 'node:worker_threads';
import { work, type Job } from './job.ts';
import type { Reply } from './pool.ts';

function reply(message: Reply): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (job: Job) => {
  work(job).then(
    (done) => reply({ done }),
    (error: unknown) =>
      reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
reply('ready');
