// A part of the page that the first second does not need: fetched when it is shown, or before, while the browser is idle.

export class Later<Part> {
  /** Undefined until it has arrived. */
  part: Part | undefined = $state.raw();
  /** It did not arrive; the next `load` tries again. */
  failed = $state(false);
  readonly #fetch: () => Promise<{ readonly default: Part }>;
  #loading: Promise<void> | undefined;

  constructor(fetch: () => Promise<{ readonly default: Part }>) {
    this.#fetch = fetch;
  }

  /** Fetches it once. Never rejects: `failed` says so. */
  load(): Promise<void> {
    this.#loading ??= this.#take();
    return this.#loading;
  }

  async #take(): Promise<void> {
    try {
      this.part = (await this.#fetch()).default;
      this.failed = false;
    } catch {
      this.#loading = undefined;
      this.failed = true;
    }
  }
}
