// The training thread: one run per worker, and its way to a collector.
import { ReservedSeat } from '../telemetry/export/reservedSeat.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Post } from './outbox.ts';
import { Runner } from './runner.ts';
import { sleep } from './waiting.ts';

/** The page ends the thread a second after it has told it to stop. */
const lastExportMilliseconds = 600;

const tell: Post = (message: FromWorker, transfer = []) => {
  self.postMessage(message, { transfer: [...transfer] });
};

const seat = new ReservedSeat(tell, self.location);

/** The last telemetry has its chance to arrive before the page may end the thread. */
async function leave(stopped: FromWorker): Promise<void> {
  await Promise.race([seat.flush(), sleep(lastExportMilliseconds)]);
  await Promise.race([seat.close(), sleep(0)]);
  tell(stopped);
}

const post: Post = (message, transfer) => {
  if (message.kind === 'stopped') void leave(message);
  else tell(message, transfer);
};

let runner: Promise<Runner | undefined> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      runner ??= Runner.run(post, data, { ...seat.exporters, excess: seat.excessMetrics });
      return;
    case 'export':
    case 'export-state':
    case 'export-test':
      seat.receive(data);
      return;
    default:
      void runner?.then((started) => started?.receive(data));
  }
});
