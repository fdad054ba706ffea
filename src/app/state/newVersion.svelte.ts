// Whether a newer version of the page is on this machine, and how it is taken: by a press, never by itself, for a run may be under way.

/** What is used of the browser's own, so that a test can bring its own. */
interface Telling {
  addEventListener(type: string, listener: () => void): void;
}

interface Worker extends Telling {
  readonly scriptURL: string;
  readonly state: string;
  postMessage(message: unknown): void;
}

interface Container extends Telling {
  readonly controller: Worker | null;
}

interface Registration extends Telling {
  readonly installing: Worker | null;
  readonly waiting: Worker | null;
}

export class NewVersion {
  isThere = $state(false);
  /** Resolves once a worker of this page is in charge of it: on a first visit shortly after it is registered. */
  readonly inCharge: Promise<void>;
  readonly #container: Container;
  readonly #script: string;
  readonly #reloadPage: () => void;
  #registration: Registration | undefined;
  #isTaking = false;

  /** @param script address of the page's own worker: one that lies above may be in charge until it comes */
  constructor(container: Container, script: string, reloadPage: () => void) {
    this.#container = container;
    this.#script = script;
    this.#reloadPage = reloadPage;
    // The very first worker takes over too, and that is no news.
    let isFirst = !this.#isControlled;
    this.inCharge = new Promise((resolve) => {
      if (this.#isControlled) resolve();
      container.addEventListener('controllerchange', () => {
        if (this.#isTaking) this.#taken();
        // Another tab took the new version: this page is of the one before.
        else if (!isFirst) this.isThere = true;
        if (!this.#isControlled) return;
        isFirst = false;
        resolve();
      });
    });
  }

  /** Versions that wait already, that are on their way, and that will come. */
  watch(registration: Registration): void {
    this.#registration = registration;
    this.#tell(registration);
    this.#follow(registration);
    registration.addEventListener('updatefound', () => this.#follow(registration));
  }

  /** Looks at what waits now, not at what did: another tab may have let it in. */
  take(): void {
    const waiting = this.#registration?.waiting;
    if (!waiting) {
      this.#reloadPage();
      return;
    }
    this.#isTaking = true;
    // A page that no worker is in charge of is told of no change; and a version may be outdated before it is in.
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated' || waiting.state === 'redundant') this.#taken();
    });
    waiting.postMessage({ type: 'SKIP_WAITING' });
  }

  get #isControlled(): boolean {
    return this.#container.controller?.scriptURL === this.#script;
  }

  #follow(registration: Registration): void {
    registration.installing?.addEventListener('statechange', () => this.#tell(registration));
  }

  #tell({ waiting }: Registration): void {
    if (waiting && this.#isControlled) this.isThere = true;
  }

  /** Worker and container both tell of it. */
  #taken(): void {
    if (!this.#isTaking) return;
    this.#isTaking = false;
    this.#reloadPage();
  }
}
