// Serves the built page on a free port while the end-to-end tests run, and tells them its address.
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    previewUrl: string;
  }
}

export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0, host: '127.0.0.1', open: false } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined)
    throw new Error('vite preview: no local address; run npm run build, then npm run start');
  project.provide('previewUrl', url);
  return () => server.close();
}
