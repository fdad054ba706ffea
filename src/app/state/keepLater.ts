// Digits and TensorFlow.js on this machine, so that they are there without a network, too.

/** Shared with the service worker, which answers from it: see `src/cli/keptFile.ts`. Another copy of the page on this origin has its own. */
export function laterCacheName(scope: string): string {
  return `trainwreck-later ${scope}`;
}

/** Undefined where something else answers: a host's error page, or a file of another time. */
async function wantedAddresses(scope: string): Promise<readonly string[] | undefined> {
  const answer = await fetch(`${scope}later.json`);
  const names: unknown = answer.ok ? await answer.json() : undefined;
  return Array.isArray(names) ? names.map((name) => new URL(String(name), scope).href) : undefined;
}

/**
 * Call only while the worker of this scope is in charge: the list is then the one of its version, whatever the network has by now, and
 * what is not on it nobody needs any more.
 * @param fetches also what is not there yet
 */
export async function keepLater(scope: string, fetches: boolean): Promise<void> {
  const wanted = await wantedAddresses(scope);
  if (!wanted) return;
  const cache = await caches.open(laterCacheName(scope));
  if (fetches) for (const url of wanted) if (!(await cache.match(url))) await cache.add(url);
  for (const { url } of await cache.keys()) if (!wanted.includes(url)) await cache.delete(url);
}
