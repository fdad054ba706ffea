// The page without a network: registers the service worker once a run trains, keeps what is large for later, and knows of new versions.

/** Shared with the service worker, which answers from it: see `src/cli/offline.ts`. */
const laterCache = 'trainwreck-later';

/** Not while the page is developed, from a file, or inside somebody else's page. */
function canStay(): boolean {
  return (
    import.meta.env.PROD &&
    'serviceWorker' in navigator &&
    location.protocol.startsWith('http') &&
    window.top === window.self
  );
}

function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

/** Digits and TensorFlow.js, so that they are there without a network, too. Files of an earlier version go. */
async function keepLater(): Promise<void> {
  const answer = await fetch('./later.json');
  const names = (await answer.json()) as readonly string[];
  const wanted = names.map((name) => new Request(name).url);
  const cache = await caches.open(laterCache);
  for (const { url } of await cache.keys()) if (!wanted.includes(url)) await cache.delete(url);
  for (const url of wanted) if (!(await cache.match(url))) await cache.add(url);
}

export class Offline {
  /** A new version is on this machine, and takes over at a reload: never by itself, a run may be under way. */
  hasUpdate = $state(false);
  #waiting: ServiceWorker | null = null;
  #reloads = false;

  /** Call when there is nothing more urgent to do. Where it fails the page works as it did: with a network. */
  async stay(): Promise<void> {
    if (!canStay()) return;
    try {
      const container = navigator.serviceWorker;
      // The very first worker takes over too, and that is no news.
      let isFirst = container.controller === null;
      container.addEventListener('controllerchange', () => {
        if (this.#reloads) location.reload();
        else if (!isFirst) this.hasUpdate = true;
        isFirst = false;
      });
      const registration = await container.register('./sw.js');
      this.#watch(registration);
      await container.ready;
      if (!savesData()) await keepLater();
    } catch {
      // Storage is forbidden or full, or the network went.
    }
  }

  /** The address holds the run, and it is offered where it stood. */
  reload(): void {
    if (!this.#waiting) {
      location.reload();
      return;
    }
    this.#reloads = true;
    this.#waiting.postMessage({ type: 'SKIP_WAITING' });
  }

  #watch(registration: ServiceWorkerRegistration): void {
    this.#tell(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => this.#tell(registration.waiting));
    });
  }

  #tell(waiting: ServiceWorker | null): void {
    if (!waiting || !navigator.serviceWorker.controller) return;
    this.#waiting = waiting;
    this.hasUpdate = true;
  }
}
