// The page around a table: what is pasted, what is chosen of a target, and that nobody trains on what is out of date.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import BringText from '../../../src/app/panels/BringText.svelte';
import OwnOutcome from '../../../src/app/panels/OwnOutcome.svelte';
import { OwnData } from '../../../src/app/state/ownData.svelte.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import type { FromTable, ToTable } from '../../../src/data/csv/messages.ts';
import { useFakeWorkers } from '../../app/panels/fakeWorker.ts';
import { clouds, encoded, survey } from './tables.ts';

/** The thread that reads tables: it says what a test makes it say. */
class FakeTableThread extends EventTarget {
  static latest: FakeTableThread;
  readonly heard: ToTable[] = [];

  constructor() {
    super();
    FakeTableThread.latest = this;
  }

  postMessage(message: ToTable): void {
    this.heard.push(message);
  }

  terminate(): void {}

  say(data: FromTable): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

let mounted: ReturnType<typeof mount> | undefined;
const prices = `size,weight,price\n${Array.from({ length: 40 }, (_, k) => `${k % 7},${k % 5},${k * 1.5}`).join('\n')}`;

function data(): OwnData {
  const made = new OwnData(new Playground({ search: '', reducedMotion: true }));
  Object.assign(globalThis, { Worker: FakeTableThread });
  return made;
}

/** What the thread answers to a plan that nothing is wrong with. */
function answer(text = clouds()): void {
  const { table, notes } = encoded(text);
  FakeTableThread.latest.say({ kind: 'encoded', table, problems: [], notes });
}

function brought(text: string): OwnData {
  const own = data();
  own.text(text);
  FakeTableThread.latest.say({ kind: 'surveyed', survey: survey(text) });
  return own;
}

beforeEach(useFakeWorkers);
afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
});

function pasted(files: readonly File[], text: string): string {
  let taken = '';
  const props = {
    what: 'a file',
    hint: '',
    onfiles: ([file]: readonly File[]) => (taken = file?.name ?? ''),
    ontext: (all: string) => (taken = all),
  };
  mounted = mount(BringText, { target: document.body, props });
  const event = new Event('paste', { bubbles: true });
  Object.assign(event, { clipboardData: { files, getData: () => text } });
  document.querySelector('textarea')?.dispatchEvent(event);
  return taken;
}

const picture = new File([''], 'cells.png', { type: 'image/png' });
const sheet = new File([''], 'cells.csv', { type: 'text/csv' });

test.each([
  ['cells with a picture of them are text', [picture], 'a\t1', 'a\t1'],
  ['a file with its name as text is a file', [sheet], 'cells.csv', 'cells.csv'],
  ['text alone is text', [], 'a\t1', 'a\t1'],
] as const)('of what is pasted, %s', (_, files, text, taken) => {
  expect(pasted(files, text)).toBe(taken);
});

test('problems that read alike are all shown', () => {
  const own = brought(clouds());
  FakeTableThread.latest.say({ kind: 'encoded', table: undefined, problems: ['It is.', 'It is.'], notes: ['So.', 'So.'] }); // prettier-ignore
  const plan = own.plan;
  if (!plan) throw new Error('no plan');
  mounted = mount(OwnOutcome, { target: document.body, props: { data: own, plan } });
  flushSync();
  expect(document.querySelectorAll('[data-testid="own-problems"] li')).toHaveLength(2);
});

test('how a target is learned stays chosen until another column is the target', () => {
  const own = brought(prices);
  expect(own.plan?.regression).toBe(true);
  own.target(3);
  own.role(0, 'x');
  expect(own.plan).toMatchObject({ bins: 3, regression: false });
  own.role(1, 't');
  expect(own.plan).toMatchObject({ bins: 0, regression: false });
});

test('a column of numbers is an input of numbers again once another is the target, whatever its name', () => {
  const text = prices.replace('price', 'price_index');
  const own = brought(text);
  own.role(2, 't');
  expect(own.plan?.regression).toBe(true);
  own.role(0, 't');
  expect(own.plan?.roles.join('')).toBe('tnn');
});

test('missing values are filled at first where leaving rows out costs too many', () => {
  const gaps = prices.split('\n').map((row, k) => (k % 2 ? row.replace(/^\d+/, '') : row));
  expect(brought(prices).plan?.missing).toBe('leave-out');
  expect(brought(gaps.join('\n')).plan?.missing).toBe('fill');
});

test('nobody trains on a table that is out of date', () => {
  const own = brought(clouds());
  answer();
  expect(own.table?.rows).toBe(60);
  own.role(0, 'x');
  expect(own.table).toBeUndefined();
  own.role(0, 'n');
  // The first of two answers is to a plan that holds no more.
  answer();
  expect(own.table).toBeUndefined();
  answer();
  expect(own.table?.rows).toBe(60);
  own.role(0, 'x');
  own.reading({ header: false });
  answer();
  expect(own.table).toBeUndefined();
  own.text(prices);
  expect([own.table, own.problems, own.notes]).toEqual([undefined, [], []]);
});
