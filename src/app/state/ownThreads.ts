// The threads that read what a person brought.

/** Speaks as `data/csv/messages.ts` says. */
export const tableThread = () =>
  new Worker(new URL('../../worker/tableWorker.ts', import.meta.url), { type: 'module' });

/** Speaks as `wreck/messages.ts` says. */
export const wreckThread = () =>
  new Worker(new URL('../../worker/wreckWorker.ts', import.meta.url), { type: 'module' });
