// What a page leaves behind: a real run, as the whole page shows it; nothing of a frame.
import { beforeEach, expect, test, vi } from 'vitest';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import { Resume } from '../../../src/app/state/resume.svelte.ts';
import { Standings } from '../../../src/app/state/standing.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';
import { packedRows } from './rows.ts';

const now = Date.UTC(2026, 4, 1);

/** A page that was opened with this link, and its run at step 199. */
function opened(search: string, tab = 'a tab'): Resume {
  const playground = new Playground({ search, reducedMotion: false });
  FakeWorker.latest.ready();
  FakeWorker.latest.rows(packedRows(0, 200, () => ({ loss: 0.2 })));
  const standings = new Standings({ tab: sessionStorage, machine: localStorage }, tab);
  return new Resume(playground, standings, search, now);
}

function inAnotherTab(search = ''): Resume {
  sessionStorage.clear();
  return opened(search, 'another tab');
}

beforeEach(() => {
  useFakeWorkers();
  localStorage.clear();
  sessionStorage.clear();
});

test('a run that was left is offered to the next tab', () => {
  opened('?seed=7').leave(now);
  expect(inAnotherTab().offered).toMatchObject({ step: 199, search: '?v=1&scenario=ring&seed=7' });
});

test('a run in a frame is never offered, and takes no offer away', () => {
  opened('?seed=7').leave(now);
  const frame = opened('?seed=8&embed=surface', 'frame');
  frame.keep(now);
  frame.leave(now);
  frame.comeBack();
  expect(inAnotherTab().offered?.search).toBe('?v=1&scenario=ring&seed=7');
});

test('however a run was shown, it is offered as the whole page, and after a reload to the page that shows it so', () => {
  const search = '?v=1&scenario=ring&seed=7&present=on&hide=share';
  const presented = opened(search);
  presented.keep(now);
  expect(opened(search).offered?.step).toBe(199);
  presented.leave(now);
  expect(inAnotherTab().offered?.search).toBe('?v=1&scenario=ring&seed=7');
});

test('a page that comes up takes back what its tab left, however late it comes up', () => {
  opened('?seed=7').leave(now);
  opened('?seed=7');
  expect(inAnotherTab().offered).toBeUndefined();
});

test('a run that was accepted is what the tab keeps, however far the run before it had come', () => {
  opened('?seed=7').leave(now);
  const page = inAnotherTab();
  const assign = vi.fn();
  vi.stubGlobal('location', { assign });
  page.accept();
  page.leave(now);
  vi.unstubAllGlobals();
  expect(assign).toHaveBeenCalledWith('?v=1&scenario=ring&seed=7');
  const tab = new Standings({ tab: sessionStorage, machine: localStorage }, 'another tab');
  expect(tab.ofTab()?.search).toBe('?v=1&scenario=ring&seed=7');
});
