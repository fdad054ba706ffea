// The share drawer: what it offers of a broken run, and what happens where the clipboard is forbidden.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import '../../../src/app/share/ShareDrawer.svelte';
import { appears, find } from '../byTestId.ts';
import { packedRows } from '../state/rows.ts';
import { FakeWorker, useFakeWorkers } from './fakeWorker.ts';
import Panels from './Panels.svelte';

let mounted: ReturnType<typeof mount> | undefined;
/** What was made, to be shown or kept. */
let made: Blob[] = [];
let kept: string[] = [];

const spike = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 403,
  at: 403,
  evidence: [{ signal: 'gradient_norm', value: 13, baseline: 1, threshold: 10 }],
} as const;

async function open(): Promise<void> {
  mounted = mount(Panels, { target: document.body, props: { search: '?seed=7', drawer: 'share' } });
  const worker = FakeWorker.latest;
  worker.ready();
  worker.rows(packedRows(0, 402, () => ({ loss: 0.2, gradientNorm: 1, accuracy: 0.9, dead: 0 })));
  worker.say({
    kind: 'intervened',
    entry: { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
  });
  worker.rows(packedRows(402, 3, () => ({ loss: 3, gradientNorm: 13, accuracy: 0.5 })));
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: spike }, healthyCheckpoint: 384 });
  flushSync();
  await appears('save-all');
}

beforeEach(() => {
  useFakeWorkers();
  [made, kept] = [[], []];
  URL.createObjectURL = (blob) => `blob:${made.push(blob as Blob)}`;
  URL.revokeObjectURL = () => undefined;
  HTMLAnchorElement.prototype.click = function () {
    kept.push(this.download);
  };
});

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
});

test('link, crash report, figure, frame and data are of the run, and files are named after it', async () => {
  await open();
  expect(find('link').textContent).toContain('seed=7&do=402,raise-rate,scale-rate=10');
  expect(find('caption').textContent).toBe('Ring, ReLU 16–16. Seed 7, 405 steps.');
  const [card, figure] = document.querySelectorAll('img');
  expect(card?.alt).toContain('Loss spike at step 403.');
  expect(figure?.alt).toContain('Done: step 402: rate ×10.');
  expect(find('embed-snippet').textContent).toContain('embed=surface');
  for (const id of ['save-csv', 'save-json', 'figure-svg', 'card-svg']) find(id).click();
  expect(kept).toEqual([
    'ring-seed-7.csv',
    'ring-seed-7.json',
    'ring-seed-7.svg',
    'ring-seed-7-crash-report.svg',
  ]);
});

test('the dark figure has none of the colours of the light one', async () => {
  await open();
  find('figure-dark').click();
  flushSync();
  find('figure-svg').click();
  expect(kept).toEqual(['ring-seed-7-dark.svg']);
  const read = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.readAsText(made.at(-1) as Blob);
  });
  expect(read).toContain('#e8eaf0');
  expect(read).not.toMatch(/#161a2b|#ffffff|#fff\b|#2347b5|#b3261e/);
});

test('where the clipboard is forbidden the text is shown, to be copied by hand', async () => {
  await open();
  find('copy-link').click();
  await appears('by-hand');
  expect((find('by-hand') as HTMLTextAreaElement).value).toBe(find('link').textContent);
});

test('the clipboard gets the Markdown: the figure with its words, the link, what was found', async () => {
  await open();
  const write = vi.fn((text: string) => Promise.resolve(text && undefined));
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: write }, configurable: true });
  find('copy-Markdown').click();
  await expect.poll(() => write).toHaveBeenCalled();
  Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  const [text = ''] = write.mock.calls[0] ?? [];
  expect(text).toMatch(/^!\[Charts over 405 training steps\..*\]\(ring-seed-7\.svg\)\n\n\*Ring/);
  expect(text).toContain('[Replay this run](http');
  expect(text).toContain('| 403 | Loss spike | firing |');
});
