// The training thread: one run per worker.
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Post } from './outbox.ts';
import { Runner } from './runner.ts';

const post: Post = (message: FromWorker, transfer = []) => {
  self.postMessage(message, { transfer: [...transfer] });
};

let runner: Promise<Runner | undefined> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') {
    runner ??= Runner.run(post, data);
    return;
  }
  const message = data;
  void runner?.then((started) => started?.receive(message));
});
