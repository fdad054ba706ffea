// The table behind a chart: rows do not change under who reads them.
import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import ChartTable from '../../../src/app/charts/ChartTable.svelte';
import type { ChartLine } from '../../../src/app/charts/chart.ts';

const line = (count: number): ChartLine => ({
  id: 'loss',
  label: 'training',
  tone: 'ink',
  dashed: false,
  width: 2,
  steps: Array.from({ length: count }, (_, step) => step),
  values: Array.from({ length: count }, () => 1),
});

test('the rows stay as they were opened until they are asked for again', async () => {
  HTMLDialogElement.prototype.showModal = () => undefined;
  const props = $state({
    title: 'Loss',
    scale: { kind: 'linear', low: 0, high: 1, ticks: [], format: String } as const,
    lines: [line(3)],
    window: { from: 0, to: 300 },
  });
  const table = mount(ChartTable, { target: document.body, props });
  flushSync();
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name);
  const rows = () => document.querySelectorAll('tbody tr').length;
  button('table')?.click();
  flushSync();
  expect(document.querySelector('h3')?.textContent.replace(/\s+/g, ' ').trim()).toBe('Loss steps 0 to 2');
  props.lines = [line(9)];
  flushSync();
  expect(rows()).toBe(3);
  button('Refresh')?.click();
  flushSync();
  expect(rows()).toBe(9);
  await unmount(table);
});
