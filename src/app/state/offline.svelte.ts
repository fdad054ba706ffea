// The page without a network: registers the service worker once a run trains, keeps what is large for later, and knows of new versions.
import type { NewVersion } from './newVersion.svelte.ts';

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

export class Offline {
  #version = $state.raw<NewVersion>();

  /** A new version is on this machine, and takes over at a reload. */
  get hasUpdate(): boolean {
    return this.#version?.isThere ?? false;
  }

  /** Call when there is nothing more urgent to do. Where it fails the page works as it did: with a network. */
  async stay(): Promise<void> {
    if (!canStay()) return;
    try {
      // Nothing of a first run: it comes once that has begun.
      const [{ NewVersion }, { keepLater }] = await Promise.all([
        import('./newVersion.svelte.ts'),
        import('./keepLater.ts'),
      ]);
      const container = navigator.serviceWorker;
      const script = new Request('./sw.js').url;
      const version = new NewVersion(container, script, () => location.reload());
      this.#version = version;
      const registration = await container.register(script);
      version.watch(registration);
      await version.inCharge;
      await keepLater(registration.scope, !savesData());
    } catch {
      // Storage is forbidden or full, or the network went.
    }
  }

  /** The address holds the run, and it is offered where it stood. */
  reload(): void {
    this.#version?.take();
  }
}
