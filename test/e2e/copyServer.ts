// A second copy of the built page, on a port of its own, whose service worker can change: a new version without a new build.
import { createServer } from 'node:http';

interface Copy {
  readonly url: string;
  /** From now on its worker is another one, byte by byte. */
  changeWorker(): void;
  close(): Promise<void>;
}

/** @param original where the built page is served */
export async function serveCopy(original: string): Promise<Copy> {
  let version = 1;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    fetch(new URL(path, original))
      .then(async (answer) => {
        const body = Buffer.from(await answer.arrayBuffer());
        const type = answer.headers.get('content-type') ?? 'application/octet-stream';
        response.writeHead(answer.status, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
        response.end(path === '/sw.js' ? `${body.toString()}\n// version ${version}` : body);
      })
      .catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the copy has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    changeWorker: () => {
      version++;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
