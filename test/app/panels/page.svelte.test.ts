// The panels: what they show of a run, and that a press reaches it.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Finding } from '../../../src/detectors/detector.ts';
import { faults } from '../../../src/faults/index.ts';
import { packedRows } from '../state/rows.ts';
import { FakeWorker, useFakeWorkers } from './fakeWorker.ts';
import Panels from './Panels.svelte';

let mounted: ReturnType<typeof mount> | undefined;

function find(testid: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  if (!found) throw new Error(`no element with data-testid “${testid}”`);
  return found;
}

function begin(search = ''): FakeWorker {
  mounted = mount(Panels, { target: document.body, props: { search } });
  const worker = FakeWorker.latest;
  worker.ready();
  worker.rows(
    packedRows(0, 402, (step) => ({
      loss: 0.2,
      gradientNorm: 1,
      accuracy: 0.9,
      dead: 0,
      ...(step % 10 === 0 && { validation: [0.2, 0.91] as const }),
    })),
  );
  flushSync();
  return worker;
}

const spike: Finding = {
  detector: 'loss-spike',
  layer: 0,
  severity: 'firing',
  onset: 403,
  at: 403,
  evidence: [
    { signal: 'gradient_norm', value: 13, baseline: 1, threshold: 10 },
    { signal: 'loss', value: 3, baseline: 0.2 },
  ],
};

beforeEach(() => {
  useFakeWorkers();
});

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
});

test('figures, lamps and narrator show the run', () => {
  begin();
  expect(find('step').textContent).toBe('401');
  expect(find('accuracy').textContent).toBe('91 %');
  expect(find('narrator').textContent).toContain('It has learned: 91 % right.');
  expect(find('lamp-gradient_norm').dataset['state']).toBe('clear');
});

test('a fault button tells the worker, and one that is off says why and does nothing', () => {
  const worker = begin('?activation=tanh');
  const kill = find('fault-kill-relus');
  expect(kill.getAttribute('aria-disabled')).toBe('true');
  expect(kill.textContent).toContain('No ReLU here');
  kill.click();
  expect(worker.last('intervene')).toBeUndefined();
  find('fault-raise-rate').click();
  expect(worker.last('intervene')).toMatchObject({ by: 'raise-rate' });
});

test('an alert opens its card with the evidence and remedies that say where they start', () => {
  const worker = begin();
  find('fault-raise-rate').click();
  worker.say({
    kind: 'intervened',
    entry: { at: 402, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } },
  });
  worker.rows(packedRows(402, 3, () => ({ loss: 3, gradientNorm: 13, accuracy: 0.5 })));
  worker.say({ kind: 'detected', event: { kind: 'raised', finding: spike }, healthyCheckpoint: 384 });
  flushSync();
  expect(find('alert-title').textContent).toContain('Loss spike');
  expect(find('alert-evidence').textContent).toContain('13× its rolling average');
  expect(find('remedy-divide-rate').textContent.trim()).toBe('Rewind to 384, learning rate ÷ 10');
  find('remedy-divide-rate').click();
  expect(worker.last('fork')?.entries[0]).toMatchObject({ by: 'divide-rate', rewindTo: 384 });
});

test('a failed run says what happened and offers a reset', () => {
  const worker = begin();
  worker.say({ kind: 'failed', text: 'data/mnist.bin: 404.' });
  flushSync();
  expect(find('failed').textContent).toContain('data/mnist.bin: 404.');
  find('failed').querySelector('button')?.click();
  expect(FakeWorker.latest).not.toBe(worker);
});

test('more wrecks is a disclosure that Escape closes', () => {
  begin();
  const opener = find('more-faults');
  opener.click();
  flushSync();
  expect(opener.getAttribute('aria-expanded')).toBe('true');
  find('production-controls').focus();
  find('production-controls').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  flushSync();
  expect(opener.getAttribute('aria-expanded')).toBe('false');
  expect(document.activeElement).toBe(opener);
});

test('every fault has a button, in the row or behind “More wrecks”', () => {
  begin();
  find('more-faults').click();
  flushSync();
  for (const { id } of faults) expect(find(`fault-${id}`)).toBeTruthy();
});

test('right in production is sealed until the run is shipped', () => {
  const worker = begin();
  expect(worker.last('unseal')).toBeUndefined();
  expect(document.querySelector('[data-testid=production-right]')).toBeNull();
  find('ship').click();
  flushSync();
  expect(worker.last('unseal')).toBeDefined();
  worker.say({ kind: 'production', step: 400, right: 0.05, count: 1000 });
  flushSync();
  expect(find('production-right').textContent.trim()).toBe('5 %');
});

test('what users send changes by one drift of a step', async () => {
  const worker = begin('?scenario=xor');
  find('more-faults').click();
  flushSync();
  find('production-controls').click();
  await vi.waitFor(() => find('apply-production'), { timeout: 10_000 });
  const turn = document.querySelector<HTMLInputElement>('#production-rotate')!;
  turn.value = '90';
  turn.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  find('apply-production').click();
  expect(worker.last('intervene')).toMatchObject({
    change: { kind: 'drift', shift: 0, scale: 1, rotate: 90, noise: 0, prior: 0, steps: 1 },
    whenLearned: false,
  });
});

test('the blindfold names who would be blind before it is put on, and hides what was chosen', async () => {
  const worker = begin();
  find('more-faults').click();
  flushSync();
  find('blindfold-controls').click();
  await vi.waitFor(() => find('apply-blindfold'), { timeout: 10_000 });
  expect(find('blindness-blind').textContent.trim()).toBe('Overfitting');
  for (const signal of ['validation_loss', 'validation_accuracy', 'gradient_norm'])
    find(`hide-${signal}`).click();
  flushSync();
  expect(find('blindness-blind').textContent.trim()).toBe('Exploding gradient · Loss spike');
  find('apply-blindfold').click();
  expect(worker.last('intervene')).toMatchObject({
    by: 'hide-signals',
    change: { kind: 'set', settings: { unemitted: ['gradient_norm'] } },
  });
});

test('a dark lamp that is pressed says who is blind, and goes back to what was there', () => {
  begin('?unemitted=validation_loss.validation_accuracy');
  find('lamp-generalization').click();
  flushSync();
  expect(find('blindness-blind').textContent.trim()).toBe('Overfitting');
  expect(find('dark-told').textContent).toContain('Ship it shows');
  find('lamp-generalization').click();
  flushSync();
  expect(document.querySelector('[data-testid=dark]')).toBeNull();
});

test('what was shipped is told in the card’s place until it is closed', () => {
  const worker = begin();
  find('ship').click();
  worker.say({ kind: 'paused', paused: true, reason: 'asked' });
  worker.say({ kind: 'production', step: 402, right: 0.9, count: 1000 });
  flushSync();
  expect(find('verdict').textContent).toMatch(/Nothing was wrong: 90\s% in production, as on validation\./);
  expect(find('alerts-received').textContent).toBe('0');
  find('close-post-mortem').click();
  flushSync();
  expect(document.querySelector('[data-testid=post-mortem]')).toBeNull();
});

test('a signal that is not emitted has a dark lamp, and its figure says so', () => {
  begin('?unemitted=validation_loss.validation_accuracy');
  expect(find('lamp-generalization').dataset['state']).toBe('dark');
  expect(find('accuracy').textContent).toBe('not emitted');
});

test('the run without it is trained when it is asked for, and taken out again', () => {
  begin();
  const before = FakeWorker.all.length;
  find('twin').click();
  flushSync();
  expect(FakeWorker.all).toHaveLength(before + 1);
  expect(FakeWorker.latest.last('start')).toMatchObject({ recipe: { timeline: [] }, atAlert: 'nothing' });
  expect(find('twin').getAttribute('aria-pressed')).toBe('true');
  find('twin').click();
  flushSync();
  expect(find('twin').getAttribute('aria-pressed')).toBe('false');
});
