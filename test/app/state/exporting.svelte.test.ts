// The export as the page asks for it: what is kept and what never is, and which threads hear of it.
import { beforeEach, describe, expect, test } from 'vitest';
import { Exporting } from '../../../src/app/state/exporting.svelte.ts';
import { ExportSettings } from '../../../src/app/state/exportSettings.svelte.ts';
import { Playground } from '../../../src/app/state/playground.svelte.ts';
import type { ExportRequest, ExportState } from '../../../src/worker/protocol.ts';
import { FakeWorker, useFakeWorkers } from '../panels/fakeWorker.ts';

const secret = 'Bearer 7f3a';
const typed = {
  endpoint: 'http://localhost:4318',
  headers: `Authorization: ${secret}`,
  compression: 'none',
  signals: ['metrics', 'logs'],
} as const;

/** A storage that a test can look into. */
function storageOf(kept: Record<string, string> = {}): Storage {
  return {
    length: 0,
    key: () => null,
    clear: () => undefined,
    removeItem: () => undefined,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      kept[key] = value;
    },
  };
}

function unusable(): never {
  throw new DOMException('forbidden', 'SecurityError');
}

function stateOf(sent: number, queued = 0): ExportState {
  const counts = { sent, queued, dropped: 0, rejected: 0, unconfirmed: 0 };
  return {
    counts: { traces: counts, metrics: counts, logs: counts },
    requests: sent,
    bytes: 10 * sent,
    lastSuccess: sent,
    queuedBytes: queued,
    nextTry: queued > 0 ? 9 : null,
    lastProblem: null,
  };
}

/** An export with some threads that a test speaks for. */
function exportingWith(threads: number, storage: Storage | undefined = storageOf()) {
  const exporting = new Exporting(new ExportSettings(storage));
  const lines = Array.from({ length: threads }, () => joined(exporting));
  return { exporting, lines };
}

function joined(exporting: Exporting) {
  const heard: ExportRequest[] = [];
  return { heard, ...exporting.join((request) => heard.push(request)) };
}

describe('what is kept', () => {
  test('is endpoint, compression and choice once they were found good, and never a header', () => {
    const kept: Record<string, string> = {};
    const { exporting, lines } = exportingWith(1, storageOf(kept));
    exporting.edit(typed);
    exporting.send();
    expect(kept).toEqual({});
    lines[0]!.hear({ kind: 'export-state', state: stateOf(0) });
    expect(Object.values(kept)).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(secret);
    const { headers, ...rest } = new ExportSettings(storageOf(kept)).typed;
    expect(rest).toEqual({ endpoint: typed.endpoint, compression: 'none', signals: ['metrics', 'logs'] });
    expect(headers).toBe('');
  });

  test('is nothing of what was refused, which stays as it was typed', () => {
    const kept: Record<string, string> = {};
    const { exporting, lines } = exportingWith(1, storageOf(kept));
    exporting.edit({ ...typed, endpoint: 'https://user:password@collector.example' });
    exporting.test();
    exporting.send();
    const problems = [{ field: 'endpoint', text: 'user name or password' }] as const;
    lines[0]!.hear({ kind: 'export-refused', problems });
    expect(exporting).toMatchObject({ problems, sending: undefined, testing: false });
    expect(exporting.settings.endpoint).toContain('password@');
    expect(kept).toEqual({});
  });

  test.each([
    ['absent', undefined],
    ['forbidden', Object.assign(storageOf(), { getItem: unusable, setItem: unusable })],
    ['damaged', storageOf({ 'trainwreck.export': '{"endpoint":7,"signals":"all","compression":1}' })],
    ['of another kind', storageOf({ 'trainwreck.export': 'null' })],
    ['no JSON', storageOf({ 'trainwreck.export': '{' })],
  ])('is not needed: storage that is %s', (_, storage) => {
    const { exporting, lines } = exportingWith(1, storage);
    expect(exporting.settings.typed).toEqual({
      endpoint: '',
      headers: '',
      compression: 'gzip',
      signals: ['traces', 'metrics', 'logs'],
    });
    exporting.edit(typed);
    exporting.send();
    lines[0]!.hear({ kind: 'export-state', state: stateOf(0) });
    expect(exporting.sending).toEqual(typed);
  });
});

describe('sending', () => {
  test('starts in every thread, in those to come too, and stops in all', () => {
    const { exporting, lines } = exportingWith(2);
    exporting.edit(typed);
    exporting.send();
    for (const line of lines) line.hear({ kind: 'export-state', state: stateOf(0) });
    const late = joined(exporting);
    const order = { kind: 'export', target: typed, excess: false };
    expect([...lines, late].map(({ heard }) => heard)).toEqual([[order], [order], [order]]);
    exporting.stop();
    expect(exporting.sending).toBeUndefined();
    expect(late.heard.at(-1)).toMatchObject({ target: null });
    expect(joined(exporting).heard).toEqual([]);
  });

  test('counts over all runs; of one that has ended, what waited is lost', () => {
    const { exporting, lines } = exportingWith(2);
    exporting.edit(typed);
    exporting.send();
    lines[0]!.hear({ kind: 'export-state', state: stateOf(3) });
    lines[1]!.hear({ kind: 'export-state', state: stateOf(4, 2) });
    expect(exporting.state).toMatchObject({
      requests: 7,
      nextTry: 9,
      counts: { logs: { sent: 7, queued: 2 } },
    });
    lines[1]!.leave();
    lines[1]!.hear({ kind: 'export-state', state: stateOf(5, 1) });
    expect(exporting.state).toMatchObject({
      requests: 8,
      nextTry: null,
      counts: { logs: { sent: 8, queued: 0, dropped: 1 } },
    });
    exporting.stop();
    lines[0]!.hear({ kind: 'export-state', state: stateOf(3) });
    lines[0]!.hear({ kind: 'export-state', state: null });
    expect(exporting.state).toMatchObject({ requests: 8 });
    exporting.send();
    lines[0]!.hear({ kind: 'export-state', state: stateOf(0) });
    expect(exporting.state).toMatchObject({ requests: 0 });
  });

  test('to another endpoint begins with what is typed now; until then the old one is in force', () => {
    const { exporting, lines } = exportingWith(1);
    exporting.edit(typed);
    exporting.send();
    lines[0]!.hear({ kind: 'export-state', state: stateOf(1) });
    expect(exporting.isEdited).toBe(false);
    exporting.edit({ endpoint: 'nonsense' });
    expect(exporting.isEdited).toBe(true);
    exporting.send();
    lines[0]!.hear({ kind: 'export-refused', problems: [{ field: 'endpoint', text: 'not an address' }] });
    expect(exporting.sending).toEqual(typed);
  });

  test('includes the excess levels once they are confirmed, for this target alone', () => {
    const { exporting, lines } = exportingWith(1);
    exporting.setExcess(true);
    expect(exporting.excess).toBe(false);
    exporting.edit(typed);
    exporting.send();
    lines[0]!.hear({ kind: 'export-state', state: stateOf(0) });
    exporting.setExcess(true);
    expect(lines[0]!.heard.at(-1)).toMatchObject({ kind: 'export', target: typed, excess: true });
    expect(joined(exporting).heard).toMatchObject([{ excess: true }]);
    exporting.edit({ endpoint: 'http://localhost:9999' });
    exporting.send();
    expect(lines[0]!.heard.at(-1)).toMatchObject({ excess: false });
    lines[0]!.hear({ kind: 'export-state', state: stateOf(0) });
    expect(exporting.excess).toBe(false);
  });
});

test('a connection test is asked of one thread, and of the next where that one ends', () => {
  const { exporting, lines } = exportingWith(2);
  exporting.edit(typed);
  exporting.test();
  expect(lines.map(({ heard }) => heard.length)).toEqual([0, 1]);
  lines[1]!.leave();
  lines[0]!.leave();
  const next = joined(exporting);
  expect(next.heard).toEqual([{ kind: 'export-test', target: typed }]);
  next.hear({ kind: 'export-tested', verdicts: { logs: { kind: 'ok', milliseconds: 3 } } });
  expect(exporting).toMatchObject({ testing: false, verdicts: { logs: { kind: 'ok' } }, sending: undefined });
  exporting.edit({ compression: 'gzip' });
  expect(exporting.verdicts).toBeUndefined();
});

describe('on the page', () => {
  beforeEach(() => {
    useFakeWorkers();
  });

  test('runs are sent, each under an id of its own; the run without the fault is not, and no link tells', () => {
    const playground = new Playground({ search: '', reducedMotion: false });
    const [looked] = FakeWorker.all;
    looked!.ready();
    playground.exporting.edit(typed);
    playground.exporting.send();
    looked!.say({ kind: 'export-state', state: stateOf(0) });
    playground.toggleTwin();
    const twin = FakeWorker.latest;
    playground.reset();
    expect(looked!.last('export')).toMatchObject({ target: typed });
    expect(twin.last('start')).toBeDefined();
    expect(twin.last('export')).toBeUndefined();
    expect(FakeWorker.latest.last('export')).toMatchObject({ target: typed });
    expect(FakeWorker.latest.last('start')!.runId).not.toBe(looked!.last('start')!.runId);
    expect(playground.address).not.toMatch(/4318|Bearer|export/);
    playground.dispose();
  });
});
