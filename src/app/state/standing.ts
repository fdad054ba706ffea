// Where runs stood when their tab was reloaded or closed: kept on this machine, each tab for itself, and never sent.

/** A run at a step. */
export interface Standing {
  /** The page's query string: it replays all that was pressed. */
  readonly search: string;
  /** Which run of the timeline was looked at. */
  readonly generation: number;
  readonly step: number;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What is trained, whatever the pace and on what, and however it is shown. */
export function recipeOf(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const key of ['pace', 'engine', 'embed', 'present', 'hide']) parameters.delete(key);
  return parameters.toString();
}

/** What a tab and the machine keep; either may be forbidden. */
export interface Storages {
  readonly tab: Storage | undefined;
  readonly machine: Storage | undefined;
}

const tabKey = 'trainwreck.tab';
/** Of this tab, as long as it is open: its name among those that the machine keeps. */
const nameKey = 'trainwreck.tab-name';
/** The run of the tab was asked for already, on the page before. */
const acceptedKey = 'trainwreck.accepted';
const machineKey = 'trainwreck.closed.';
const monthMs = 30 * 24 * 3600 * 1000;

/** The browser's own, where it lets the page have them. */
export function ownStorages(): Storages {
  const get = (of: () => Storage): Storage | undefined => {
    try {
      return of();
    } catch {
      return undefined;
    }
  };
  return { tab: get(() => sessionStorage), machine: get(() => localStorage) };
}

/** Anything may stand there: another version of the page wrote it, or a person. */
function parsed(text: string | null): Standing | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Standing> | null;
    if (typeof value?.search !== 'string' || !value.search.startsWith('?')) return undefined;
    const { search, generation = NaN, step = NaN, at = NaN, title } = value;
    if (![generation, step, at].every(Number.isSafeInteger) || typeof title !== 'string') return undefined;
    return step >= 0 && generation >= 0 ? { search, generation, step, at, title } : undefined;
  } catch {
    return undefined;
  }
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    // Full or forbidden: the page works without.
    return undefined;
  }
}

export class Standings {
  readonly #storages: Storages;
  /** Of this tab, among those that the machine keeps. */
  readonly #own: string;

  /** @param fresh a name that no other tab has, for a tab that has none */
  constructor(storages: Storages, fresh: string) {
    this.#storages = storages;
    const name = tried(() => storages.tab?.getItem(nameKey)) ?? fresh;
    tried(() => storages.tab?.setItem(nameKey, name));
    this.#own = machineKey + name;
  }

  /** Of this tab, before it was reloaded. */
  ofTab(): Standing | undefined {
    return tried(() => parsed(this.#storages.tab?.getItem(tabKey) ?? null));
  }

  keep(standing: Standing): void {
    tried(() => this.#storages.tab?.setItem(tabKey, JSON.stringify(standing)));
  }

  forget(): void {
    tried(() => this.#storages.tab?.removeItem(tabKey));
  }

  /** Kept for the page that is opened next in this tab, which need not ask. */
  accept(standing: Standing): void {
    this.keep(standing);
    tried(() => this.#storages.tab?.setItem(acceptedKey, 'yes'));
  }

  /** Says so once. */
  takeAccepted(): boolean {
    return (
      tried(() => {
        const accepted = this.#storages.tab?.getItem(acceptedKey) === 'yes';
        this.#storages.tab?.removeItem(acceptedKey);
        return accepted;
      }) ?? false
    );
  }

  /** The tab is reloaded or closed: where it is closed, another may take its run up. */
  leave(standing: Standing): void {
    this.keep(standing);
    tried(() => this.#storages.machine?.setItem(this.#own, JSON.stringify(standing)));
  }

  /** The tab is there again. */
  comeBack(): void {
    tried(() => this.#storages.machine?.removeItem(this.#own));
  }

  /** The run whose tab was closed last, within a month; it is taken out, with all older ones. */
  takeClosed(now: number): Standing | undefined {
    return tried(() => {
      const { machine } = this.#storages;
      if (!machine) return undefined;
      const keys = Object.keys(machine).filter((key) => key.startsWith(machineKey));
      const all = keys.flatMap((key) => parsed(machine.getItem(key)) ?? []);
      for (const key of keys) machine.removeItem(key);
      return all.filter(({ at }) => now - at < monthMs).toSorted((one, other) => other.at - one.at)[0];
    });
  }
}
