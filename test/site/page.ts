// Every static page as a document, for tests to look into. They need a DOM: `@vitest-environment jsdom`.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseQuality, sitePages } from '../../src/site/index.ts';

export const hasFile = (path: string): boolean => existsSync(resolve(path));

export const quality = parseQuality(JSON.parse(readFileSync(resolve('docs/quality.json'), 'utf8')));

export const pages = sitePages({ quality, hasFile }).map(({ path, text }) => ({
  path,
  text,
  document: new DOMParser().parseFromString(text, 'text/html'),
}));

/** Parsed as an address below a made-up place: links must not leave it. */
export function linksOf(path: string, document: Document): readonly URL[] {
  return [...document.querySelectorAll('a[href]')].map(
    (link) => new URL(link.getAttribute('href') ?? '', `https://host.example/some/place/${path}`),
  );
}
