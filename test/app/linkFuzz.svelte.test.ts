// Arbitrary links through the whole page: no exception, and nothing of a link's text becomes an element, an attribute or a script.
import fc from 'fast-check';
import { flushSync, mount, unmount } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { loadLinked } from '../../src/app/state/linked.ts';
import { queryStrings } from '../scenarios/queryStrings.ts';
import { FakeWorker, useFakeWorkers } from './panels/fakeWorker.ts';

const seed = 20_261_124;
/** What no page of ours has, by any link. */
const foreign = /^(?:script|iframe|object|embed|base|meta|link|style)$/;
const unsafe = /^on|^srcdoc$/;
const links = 200;

beforeEach(() => {
  useFakeWorkers();
  HTMLCanvasElement.prototype.getContext = () => null;
  Object.assign(document, { fonts: new EventTarget(), adoptedStyleSheets: [] });
  Object.assign(CSSStyleSheet.prototype, { replaceSync: () => undefined });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
});

function isUnsafe(element: Element): boolean {
  if (foreign.test(element.localName) || element.getAttributeNames().some((name) => unsafe.test(name)))
    return true;
  const address = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
  return address === 'x' || /^\s*(?:javascript|data):/i.test(address);
}

test(`${links} of the fuzzed links open the page`, { timeout: 240_000 }, async () => {
  // Once there is a `matchMedia` to ask.
  const { default: App } = await import('../../src/app/App.svelte');
  const errors: unknown[] = [];
  window.addEventListener('error', ({ error }) => errors.push(error));
  window.addEventListener('unhandledrejection', ({ reason }) => errors.push(reason));
  let notices = 0;
  for (const query of fc.sample(queryStrings, { numRuns: links, seed })) {
    // As an address bar writes it.
    history.replaceState(null, '', `/?${new URL(`http://localhost/?${query}`).search.slice(1)}`);
    const app = mount(App, { target: document.body, props: { linked: await loadLinked(location.search) } });
    FakeWorker.latest.ready();
    flushSync();
    // In a frame and on a projector the page comes in a file of its own.
    const written = () => document.body.textContent.length;
    await expect.poll(written, { interval: 5, message: query }).toBeGreaterThan(20);
    const found = [...document.body.querySelectorAll('*')].filter(isUnsafe);
    expect(
      found.map(({ outerHTML }) => outerHTML.slice(0, 200)),
      query,
    ).toEqual([]);
    notices += document.body.querySelectorAll('[data-testid=notice], [role=alert]').length;
    await unmount(app);
  }
  expect(errors).toEqual([]);
  expect(notices).toBeGreaterThan(links / 10);
});
