// The thread that reads a table, so that a hundred thousand rows never hold up the page.
import type { FromTable, ToTable } from '../data/csv/messages.ts';
import { TableDesk } from '../data/csv/tableDesk.ts';

const desk = new TableDesk((message: FromTable, transfer = []) => {
  self.postMessage(message, { transfer: [...transfer] });
});

self.addEventListener('message', ({ data }: MessageEvent<ToTable>) => {
  // Reported, the page hears of it; a rejection alone it would not.
  desk.receive(data).catch(reportError);
});
