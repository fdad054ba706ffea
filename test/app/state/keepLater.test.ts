// Which large files the page keeps for later, and which it lets go.
import { afterEach, expect, test, vi } from 'vitest';
import { keepLater, laterCacheName } from '../../../src/app/state/keepLater.ts';
import { stubMachine } from '../../cli/caches.ts';

afterEach(() => vi.unstubAllGlobals());

const site = 'https://host.example/trainwreck/';

function machine(scope = site, list = '["data/mnist.bin?v=2","assets/tfjs-b.js"]') {
  return stubMachine(
    new Map([
      [`${scope}later.json`, list],
      [`${scope}data/mnist.bin?v=2`, 'digits'],
      [`${scope}assets/tfjs-b.js`, 'script'],
    ]),
  );
}

test('it keeps all that its version wants, once, and lets go of what no version in charge wants', async () => {
  const { open, asked } = machine();
  const cache = open(laterCacheName(site));
  await cache.put(`${site}data/mnist.bin?v=1`, new Response('old'));
  await cache.put(`${site}assets/tfjs-b.js`, new Response('script'));
  await keepLater(site, true);
  expect([...cache.addresses].sort()).toEqual([`${site}assets/tfjs-b.js`, `${site}data/mnist.bin?v=2`]);
  expect(asked).toEqual([`${site}later.json`, `${site}data/mnist.bin?v=2`]);
});

test('two copies on one origin leave each other’s files alone', async () => {
  const next = `${site}next/`;
  const { open } = machine();
  await open(laterCacheName(next)).put(`${next}data/mnist.bin?v=9`, new Response('theirs'));
  await keepLater(site, true);
  expect(open(laterCacheName(next)).addresses).toEqual([`${next}data/mnist.bin?v=9`]);
});

test('a browser that saves data fetches nothing, and still lets go of what is old', async () => {
  const { open, asked } = machine();
  const cache = open(laterCacheName(site));
  await cache.put(`${site}data/mnist.bin?v=1`, new Response('old'));
  await keepLater(site, false);
  expect(cache.addresses).toEqual([]);
  expect(asked).toEqual([`${site}later.json`]);
});

test('what is no list lets go of nothing', async () => {
  const { open } = machine(site, '{"error":"not found"}');
  const cache = open(laterCacheName(site));
  await cache.put(`${site}data/mnist.bin?v=1`, new Response('old'));
  await keepLater(site, true);
  expect(cache.addresses).toEqual([`${site}data/mnist.bin?v=1`]);
});
