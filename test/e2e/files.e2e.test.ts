// Every file that a page of the built site asks for is there: measured in its files, so it costs no browser.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const host = 'https://host.example/some/place/';

const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
);

function textOf(file: string): string {
  return readFileSync(`${dist}${file}`, 'utf8');
}

/** Of a page that lies below a made-up place: what a browser would look for. */
function addressesOn(page: string): readonly URL[] {
  const text = textOf(page).replaceAll(/<(pre|code)\b.*?<\/\1>/gs, '');
  return [...text.matchAll(/\s(?:href|src|poster)="([^"]*)"/g)].map(
    ([, address = '']) => new URL(address.replaceAll('&amp;', '&'), `${host}${page}`),
  );
}

function isThere({ href, pathname }: URL): boolean {
  if (!href.startsWith(host)) return false;
  const file = decodeURIComponent(pathname.slice('/some/place/'.length));
  return existsSync(`${dist}${file === '' || file.endsWith('/') ? `${file}index.html` : file}`);
}

test('the site is the playground and pages to read', () => {
  expect(pages).toContain('index.html');
  expect(pages.length).toBeGreaterThan(30);
});

test.each(pages)('%s asks for nothing that is not there', (page) => {
  const addresses = addressesOn(page);
  expect(addresses.length).toBeGreaterThan(3);
  expect(addresses.filter((address) => !isThere(address)).map(({ href }) => href)).toEqual([]);
});

test.each(pages)('%s asks for its type before its styles are read', (page) => {
  expect(textOf(page).match(/<link rel="preload" as="font"/g)).toHaveLength(2);
});

test('only the playground is an app: pages to read allow no manifest', () => {
  expect(pages.filter((page) => textOf(page).includes('rel="manifest"'))).toEqual(['index.html']);
});

test('no page names a picture for previews by an address that previewers ignore', () => {
  expect(pages.filter((page) => /og:image" content="(?!https:)/.test(textOf(page)))).toEqual([]);
});

test('what is fetched in idle time is as much as instructors are told, each under an address that never changes', () => {
  const list: unknown = JSON.parse(textOf('later.json'));
  const addresses = Array.isArray(list) ? list.map((name) => new URL(String(name), host)) : [];
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) {
    expect(isThere(address), address.href).toBe(true);
    expect(address.href).toMatch(/-[\w-]{8}\.js$|\.bin\?v=[0-9a-f]{8}$/);
  }
  const bytes = addresses.map(
    ({ pathname }) => statSync(`${dist}${pathname.slice('/some/place/'.length)}`).size,
  );
  const megabytes = (bytes.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(1);
  expect(textOf('instructor/index.html')).toContain(`${megabytes} MB`);
});

test('the worker answers for its own copy alone, with the list of its own version', () => {
  const worker = textOf('sw.js');
  // Not as wholes: a failure would print all of it.
  expect(worker.includes('url:"later.json",revision:"')).toBe(true);
  expect(/trainwreck-later \$\{/.test(worker)).toBe(true);
  // Workbox's cleaning of “outdated” caches takes those of every copy below this one's path.
  expect(worker.includes('"-precache-"')).toBe(false);
});
