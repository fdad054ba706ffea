// What is said of how a log was read, as the page shows it.
import { mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import OwnRunColumns from '../../src/app/panels/OwnRunColumns.svelte';
import { OwnRun } from '../../src/app/state/ownRun.svelte.ts';
import { Playground } from '../../src/app/state/playground.svelte.ts';
import { useFakeWorkers } from '../app/panels/fakeWorker.ts';
import { judge } from './judge.ts';

test('two files of the same name with the same note and the same problem are both told', async () => {
  useFakeWorkers();
  const { sources, ...result } = await judge(
    ['a.csv', 'step,loss\n0,1\n1,x\n3'],
    ['a.csv', 'step,grad_norm,loss\n0,1,2\n1,x,2\n3'],
    ['a.csv', 'step,accuracy,loss\n0,1,2\n1,x,2\n3'],
  );
  const own = new OwnRun(new Playground({ search: '', reducedMotion: false }));
  own.sources = sources;
  own.uses = sources.map(({ columns }) => columns.map(({ use }) => use));
  const mounted = mount(OwnRunColumns, { target: document.body, props: { own, result } });
  const shown = document.body.textContent;
  expect(shown.match(/a\.csv: “loss” is ignored: loss is “loss” of a\.csv\./g)).toHaveLength(2);
  await unmount(mounted);
});
