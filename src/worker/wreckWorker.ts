// The thread that reads somebody's training log and runs the detectors over it.
import type { FromWreck, ToWreck } from '../wreck/messages.ts';
import { WreckDesk } from '../wreck/wreckDesk.ts';

const desk = new WreckDesk((message: FromWreck) => self.postMessage(message));

self.addEventListener('message', ({ data }: MessageEvent<ToWreck>) => desk.receive(data));
