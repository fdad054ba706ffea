// The training thread: how it is started, and where it finds its data.

export function startWorker(): Worker {
  return new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });
}

/** Address below which `data/…` lies. */
export function pageBase(): string {
  return new URL('./', document.baseURI).href;
}
