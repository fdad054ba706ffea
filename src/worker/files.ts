// Fetches prepared files with their progress, and says what went wrong where one does not arrive.
import type { FileLoader } from '../data/dataset.ts';

async function readAll(
  response: Response,
  total: number,
  progress: (loaded: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array[] = [];
  let loaded = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.length;
    progress(loaded, total);
  }
  const all = new Uint8Array(loaded);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** A loader for files below `base`. @throws Error with address, status and what to do */
export function fileLoader(base: string): FileLoader {
  return async (path, progress) => {
    const address = new URL(path, base).href;
    if (address.startsWith('file:')) {
      throw new Error(
        `${path} is not in a page that was opened from a file: choose a 2-D dataset, or open the page from a server.`,
      );
    }
    const response = await fetch(address).catch((error: unknown) => {
      throw new Error(
        `${path} did not load: ${String(error)}. Check the connection, or choose another dataset.`,
      );
    });
    if (!response.ok) {
      throw new Error(
        `${path} did not load: the server answered ${response.status}. Choose another dataset.`,
      );
    }
    return readAll(response, Number(response.headers.get('content-length') ?? 0), progress);
  };
}
