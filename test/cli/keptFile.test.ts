// What the service worker answers for large files: of its own version, from this machine where they are there.
import { afterEach, expect, test, vi } from 'vitest';
import { keptFile } from '../../src/cli/keptFile.ts';
import { stubMachine } from './caches.ts';

afterEach(() => vi.unstubAllGlobals());

const site = 'https://host.example/trainwreck/';
const later = `trainwreck-later ${site}`;

function machine(network: Readonly<Record<string, string>>, list: readonly string[] | undefined) {
  vi.stubGlobal('location', new URL('sw.js', site));
  const { open, asked } = stubMachine(new Map(Object.entries(network)));
  const precache = open(`workbox-precache-v2-${site}`);
  const isListed = list && precache.put(`${site}later.json?__WB_REVISION__=1`, Response.json(list));
  const ask = async (path: string): Promise<string> => {
    await isListed;
    const url = new URL(path, site);
    const works: Promise<unknown>[] = [];
    const event = { waitUntil: (work: Promise<unknown>) => void works.push(work) };
    const answer = await keptFile({ url, request: new Request(url), event });
    await Promise.all(works);
    return answer.text();
  };
  return { ask, open, asked };
}

test('digits of another version are not given out, and those of this one are kept under their own address', async () => {
  const { ask, open, asked } = machine({ [`${site}data/mnist.bin?v=new`]: 'new digits' }, [
    'data/mnist.bin?v=new',
  ]);
  await open(later).put(`${site}data/mnist.bin?v=old`, new Response('old digits'));
  expect(await ask('data/mnist.bin')).toBe('new digits');
  expect(await ask('data/mnist.bin')).toBe('new digits');
  expect(asked).toEqual([`${site}data/mnist.bin?v=new`]);
  expect(open(later).addresses).toContain(`${site}data/mnist.bin?v=new`);
});

test('a file that is not on the list is fetched and not kept; one that was kept for the version before is still given out', async () => {
  const next = `${site}next/data/mnist.bin`;
  const { ask, open } = machine({ [next]: 'another copy' }, ['data/mnist.bin?v=1']);
  await open(later).put(`${site}assets/tfjs-old.js`, new Response('old script'));
  expect(await ask(next)).toBe('another copy');
  expect(await ask('assets/tfjs-old.js')).toBe('old script');
  expect(open(later).addresses).toEqual([`${site}assets/tfjs-old.js`]);
});

test('without a list, and where the network says no, the answer is the network’s and nothing is kept', async () => {
  const { ask, open } = machine({}, undefined);
  expect(await ask('data/mnist.bin')).toBe('gone');
  const listed = machine({}, ['data/mnist.bin?v=1']);
  expect(await listed.ask('data/mnist.bin')).toBe('gone');
  expect([...open(later).addresses, ...listed.open(later).addresses]).toEqual([]);
});
