// The caches of a browser, as far as a service worker and its page use them, and a network of made-up files.
import { vi } from 'vitest';

function addressOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}

class FakeCache {
  readonly #answers = new Map<string, string>();

  match(request: RequestInfo | URL, { ignoreSearch = false } = {}): Promise<Response | undefined> {
    const plain = (address: string): string => (ignoreSearch ? (address.split('?')[0] ?? '') : address);
    const wanted = plain(addressOf(request));
    const found = [...this.#answers].find(([address]) => plain(address) === wanted);
    return Promise.resolve(found && new Response(found[1]));
  }

  async put(request: RequestInfo | URL, answer: Response): Promise<void> {
    this.#answers.set(addressOf(request), await answer.text());
  }

  async add(address: string): Promise<void> {
    const answer = await fetch(address);
    if (!answer.ok) throw new TypeError(`${address}: ${answer.status}`);
    await this.put(address, answer);
  }

  delete(address: string): Promise<boolean> {
    return Promise.resolve(this.#answers.delete(address));
  }

  keys(): Promise<readonly { readonly url: string }[]> {
    return Promise.resolve(this.addresses.map((url) => ({ url })));
  }

  get addresses(): readonly string[] {
    return [...this.#answers.keys()];
  }
}

/** Stubs `caches` and `fetch`; undo it with `vi.unstubAllGlobals`. */
export function stubMachine(network: ReadonlyMap<string, string>) {
  const all = new Map<string, FakeCache>();
  const open = (name: string): FakeCache => {
    const cache = all.get(name) ?? new FakeCache();
    all.set(name, cache);
    return cache;
  };
  const match = async (request: RequestInfo | URL, options?: { readonly ignoreSearch?: boolean }) => {
    for (const cache of all.values()) {
      const found = await cache.match(request, options);
      if (found) return found;
    }
    return undefined;
  };
  const asked: string[] = [];
  vi.stubGlobal('caches', { open: (name: string) => Promise.resolve(open(name)), match });
  vi.stubGlobal('fetch', (request: RequestInfo | URL) => {
    asked.push(addressOf(request));
    const text = network.get(addressOf(request));
    return Promise.resolve(new Response(text ?? 'gone', { status: text === undefined ? 404 : 200 }));
  });
  return { open, asked };
}
