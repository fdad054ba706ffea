// How the service worker answers for the large files that are kept later. A module of its own, so that a test can ask it, too.

interface Asked {
  readonly url: URL;
  readonly request: Request;
  readonly event: { waitUntil(work: Promise<unknown>): void };
}

/**
 * From what is kept, else from the network, and then it is kept. Goes into the worker as text, so it may name nothing outside itself.
 * Its list is that of the worker's own version, out of its precache: a version never answers with another one's digits.
 */
export async function keptFile({ url, request, event }: Asked): Promise<Response> {
  const scope = new URL('./', location.href).href;
  const list = await caches.match(`${scope}later.json`, { ignoreSearch: true });
  const names: unknown = list ? await list.json() : [];
  const addresses = Array.isArray(names) ? names.map((name) => new URL(String(name), scope)) : [];
  const own = addresses.find(({ pathname }) => pathname === url.pathname);
  const cache = await caches.open(`trainwreck-later ${scope}`);
  const kept = await cache.match(own ?? request);
  if (kept) return kept;
  const answer = await fetch(own ?? request);
  // Of another version, or of another copy of the page below this one: theirs to keep.
  if (own && answer.ok) event.waitUntil(cache.put(own, answer.clone()).catch(() => undefined));
  return answer;
}
