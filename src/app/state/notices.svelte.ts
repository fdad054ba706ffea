// Short notes to the person: what was copied, what was left out of a link, what happened to the engine.

interface Notice {
  readonly id: number;
  readonly text: string;
}

const shownForMs = 8000;

export class Notices {
  all: readonly Notice[] = $state.raw([]);
  #added = 0;

  /** One that stands there already is not said twice. */
  add(text: string): void {
    if (this.all.some((notice) => notice.text === text)) return;
    this.all = [...this.all, { id: ++this.#added, text }];
  }

  dismiss(id: number): void {
    this.all = this.all.filter((notice) => notice.id !== id);
  }

  /** Each goes by itself after a while. @returns what lets them stay */
  pass(): () => void {
    const timers = this.all.map(({ id }) => setTimeout(() => this.dismiss(id), shownForMs));
    return () => timers.forEach(clearTimeout);
  }
}
