// The thread that reads somebody's training log and runs the detectors over it.
import type { FromWreck, ToWreck } from '../wreck/messages.ts';
import { WreckDesk } from '../wreck/wreckDesk.ts';

const desk = new WreckDesk((message: FromWreck) => self.postMessage(message));

// A promise that is rejected is no error event of the thread, which is what the page listens for.
self.addEventListener('message', ({ data }: MessageEvent<ToWreck>) => {
  desk.receive(data).catch(reportError);
});
