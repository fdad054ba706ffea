// The panels: what they show of a run, and that a press reaches it.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/detectors/detector.ts';
import type { Drawer } from '../../../src/app/state/view.svelte.ts';
import { faults } from '../../../src/faults/index.ts';
import type { ExportAnswer, ExportState } from '../../../src/worker/protocol.ts';
import { appears, find, seen } from '../byTestId.ts';
import { packedRows } from '../state/rows.ts';
import { FakeWorker, useFakeWorkers } from './fakeWorker.ts';
import { readKeys } from '../../../src/app/state/pageKeys.ts';
import { loadAll } from '../../../src/app/panels/later.ts';
import Panels from './Panels.svelte';

let mounted: ReturnType<typeof mount> | undefined;

function begin(search = '', drawer?: Drawer): FakeWorker {
  mounted = mount(Panels, { target: document.body, props: { search, drawer } });
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

// As in idle time, once the first run trains.
beforeAll(loadAll);

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
  expect(seen('production-right')).toBeNull();
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
  await appears('apply-production');
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
  await appears('apply-blindfold');
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
  expect(seen('dark')).toBeNull();
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
  expect(seen('post-mortem')).toBeNull();
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

test('keys that are switched off are kept so on this machine, and no button names them', async () => {
  begin('', 'keys');
  const named = () => document.querySelector('[data-testid=fault-raise-rate] kbd');
  (await appears('page-keys')).click();
  flushSync();
  expect(named()).toBeNull();
  expect(readKeys()).toBe(false);
  find('page-keys').click();
  flushSync();
  expect(named()).not.toBeNull();
  expect(readKeys()).toBe(true);
});

describe('the export', () => {
  const waiting = { sent: 0, queued: 2, dropped: 0, rejected: 0, unconfirmed: 0 };
  const state: ExportState = {
    counts: { traces: waiting, metrics: { ...waiting, sent: 26, rejected: 3 }, logs: waiting },
    requests: 2,
    bytes: 1234,
    lastSuccess: null,
    queuedBytes: 800,
    nextTry: 1_700_000_000_000,
    lastProblem: { text: 'status 503; nothing: it is sent again', time: 1_600_000_000_000 },
  };

  function type(field: string, text: string): void {
    const input = document.querySelector<HTMLInputElement>(`#export-${field}`)!;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
  }

  function press(testid: string): void {
    find(testid).click();
    flushSync();
  }

  async function opened(): Promise<FakeWorker> {
    const worker = begin('', 'telemetry');
    await appears('telemetry-export');
    expect(find('telemetry-where').textContent).toContain('Nothing leaves this page');
    press('telemetry-export');
    return worker;
  }

  function hear(worker: FakeWorker, answer: ExportAnswer): void {
    worker.say(answer);
    flushSync();
  }

  test('says beside the field what is wrong with it, and keeps what was typed', async () => {
    const worker = await opened();
    type('endpoint', 'javascript:alert(1)');
    type('headers', 'a: 1\nb');
    press('export-send');
    expect(worker.last('export')?.target).toMatchObject({
      endpoint: 'javascript:alert(1)',
      headers: 'a: 1\nb',
    });
    const problems = (['endpoint', 'headers', 'signals'] as const).map((field) => ({
      field,
      text: `bad ${field}`,
    }));
    hear(worker, { kind: 'export-refused', problems });
    for (const { field, text } of problems) {
      const problem = find(`export-${field}-problem`);
      expect(problem.textContent.trim()).toBe(text);
      expect(document.querySelector(`[aria-describedby="${problem.id}"]`)?.getAttribute('aria-invalid')).toBe(
        'true',
      );
    }
    expect(document.querySelector<HTMLInputElement>('#export-endpoint')!.value).toBe('javascript:alert(1)');
    expect(seen('sending')).toBeNull();
    type('endpoint', 'http://localhost:4318');
    expect(document.querySelector('[aria-invalid="true"]')).toBeNull();
  });

  test('tells per path what arrived, and once what several paths lack', async () => {
    const worker = await opened();
    press('export-test');
    const cors = { kind: 'cors', cause: 'no CORS headers', remedy: 'add this', copy: 'receivers:' } as const;
    const ok = { kind: 'ok', milliseconds: 12 } as const;
    hear(worker, { kind: 'export-tested', verdicts: { traces: cors, metrics: ok, logs: cors } });
    expect(find('verdict-metrics').textContent).toContain('metrics arrived in 12 ms');
    const obstacle = find('verdict-traces');
    expect(obstacle.textContent.replace(/\s+/g, ' ')).toMatch(
      /traces, logs did not arrive: no CORS headers.*add this/,
    );
    expect(obstacle.querySelector('pre')?.textContent).toBe('receivers:');
  });

  test('shows what became of it, says in the header that it is on, and stops', async () => {
    const worker = await opened();
    type('endpoint', 'http://localhost:4318');
    press('export-send');
    hear(worker, { kind: 'export-state', state });
    expect(find('sending').textContent).toContain('telemetry to http://localhost:4318');
    expect(find('telemetry-where').textContent).toContain('sent to http://localhost:4318');
    expect(find('export-metrics-rejected').textContent).toBe('3');
    expect(find('export-outcome').textContent).toMatch(/800 B|0.80 kB/);
    expect(find('export-problem').textContent).toContain('status 503; nothing: it is sent again');
    press('export-excess');
    expect(worker.last('export')).toMatchObject({ excess: false });
    press('export-excess-confirm');
    expect(worker.last('export')).toMatchObject({ excess: true });
    press('export-stop');
    expect(worker.last('export')).toMatchObject({ target: null, excess: false });
    expect(seen('sending')).toBeNull();
  });
});
