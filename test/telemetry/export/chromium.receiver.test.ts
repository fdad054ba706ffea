// The export from a worker of a real Chromium, under the page's Content-Security-Policy, to receivers on other addresses.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { otlpSignals } from '../../../src/telemetry/export/endpoint.ts';
import type { ExportState } from '../../../src/telemetry/export/exportState.ts';
import { useBrowser } from '../../e2e/browser.ts';
import { corsHeaders, startCollector, taken, type Collector } from './collector.ts';
import type { Order } from './exportWorker.ts';
import { startMockReceiver } from './mockReceiver.ts';

const browser = useBrowser();

/** What the worker answers, as far as the tests read it. */
interface Answer {
  readonly kind: string;
  readonly state?: ExportState | null;
  readonly verdicts?: Readonly<Record<'traces' | 'metrics' | 'logs', { kind: string; copy?: string }>>;
}

async function bundledWorker(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL('exportWorker.ts', import.meta.url)), formats: ['es'] },
    },
  });
  const [bundle] = built as Rolldown.RolldownOutput[];
  return bundle!.output[0].code;
}

/** The policy of index.html: it must not keep the worker from a collector. */
const policy = /<meta\s+http-equiv="Content-Security-Policy"[^>]*\/>/.exec(
  readFileSync(new URL('../../../index.html', import.meta.url), 'utf8'),
)?.[0];

let closePages: () => unknown;
let pageUrl: string;
let page: Page;
const started: Collector[] = [];

beforeAll(async () => {
  const worker = await bundledWorker();
  const server = createServer((request, response) => {
    if (request.url === '/worker.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(worker);
    } else {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html>${policy}<title>t</title>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  pageUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  closePages = () => server.close();
});

beforeEach(async () => {
  page = await browser().newPage();
  await page.goto(pageUrl);
  // The policy asks for it, and the page does it in src/app/trusted.ts.
  await page.evaluate("trustedTypes.createPolicy('default', { createScriptURL: (address) => address })");
  await page.evaluate(() => {
    const worker = new Worker('/worker.js', { type: 'module' });
    const answers: unknown[] = [];
    worker.onmessage = ({ data }: MessageEvent<unknown>) => answers.push(data);
    Object.assign(window, { worker, answers });
  });
});

afterEach(async () => {
  await page.close();
  for (const server of started.splice(0)) await server.close();
});

afterAll(() => closePages());

declare global {
  interface Window {
    worker: Worker;
    answers: unknown[];
  }
}

function order(message: Order): Promise<void> {
  return page.evaluate((what) => window.worker.postMessage(what), message);
}

async function answer(kind: string): Promise<Answer> {
  const found = () =>
    page.evaluate((wanted) => (window.answers as Answer[]).findLast((one) => one.kind === wanted), kind);
  await expect.poll(found, { timeout: 30_000 }).toBeDefined();
  return (await found())!;
}

async function stateNow(): Promise<ExportState> {
  await page.evaluate(() => window.answers.splice(0));
  await order({ kind: 'export-state' });
  return (await answer('export-state')).state!;
}

function exportTo(endpoint: string, compression: 'gzip' | 'none' = 'gzip'): Promise<void> {
  return order({
    kind: 'export',
    target: { endpoint, headers: '', compression, signals: otlpSignals },
    excess: false,
  });
}

async function collector(...parameters: Parameters<typeof startCollector>): Promise<Collector> {
  const server = await startCollector(...parameters);
  started.push(server);
  return server;
}

const takenFromAfar = { ...taken, headers: { ...taken.headers, ...corsHeaders } };

test('traces, metrics and logs arrive at a receiver not written here, NaN and infinity among them', async () => {
  const receiver = await startMockReceiver();
  try {
    await exportTo(receiver.origin, 'none');
    await order({ kind: 'emit' });
    const streams = () => receiver.arrivals.map(({ stream }) => stream).sort();
    await expect.poll(streams).toEqual(['logs', 'metrics', 'traces']);
    const [traces, metrics, logs] = otlpSignals.map(
      (signal) => receiver.arrivals.find(({ stream }) => stream === signal)?.text,
    );
    expect(traces).toContain('training.run');
    expect(traces).toContain('service.instance.id');
    // Its copy of OTLP is older than `event_name`.
    expect(logs).toContain('nonfinite firing');
    expect(metrics).toMatch(
      /training\.loss.*"asDouble":"NaN".*training\.gradient_norm.*"asDouble":"Infinity"/s,
    );
    expect(metrics).toContain('training.steps');
    const state = await stateNow();
    expect(state.counts).toMatchObject({ traces: { sent: 1 }, metrics: { sent: 3 }, logs: { sent: 1 } });
    expect(state.lastProblem).toBeNull();
  } finally {
    await receiver.close();
  }
});

test('forty exports of 60 KB arrive at a server that answers with a body and “no-store”', async () => {
  const body = 'x'.repeat(500);
  const headers = { ...corsHeaders, 'cache-control': 'no-store', 'content-type': 'application/json' };
  const server = await collector(() => ({ status: 200, headers, body: JSON.stringify({ note: body }) }));
  await exportTo(server.url, 'none');
  await order({ kind: 'emit-large', count: 40, bytes: 60_000 });
  await expect.poll(() => server.received.length, { timeout: 30_000 }).toBe(40);
  expect(Math.min(...server.received.map((request) => request.body.length))).toBeGreaterThan(60_000);
  await expect.poll(async () => (await stateNow()).counts.traces.sent).toBe(40);
  expect((await stateNow()).lastProblem).toBeNull();
});

test('and compressed, as a Collector takes it', async () => {
  const server = await collector(() => takenFromAfar);
  await exportTo(server.url);
  await order({ kind: 'emit-large', count: 3, bytes: 60_000 });
  await expect.poll(() => server.received.length).toBe(3);
  expect(server.received[0]?.headers['content-encoding']).toBe('gzip');
  const state = await stateNow();
  expect(state.bytes).toBeGreaterThan(0);
  expect(state.bytes).toBeLessThan(3 * 60_000);
});

describe('the connection test', () => {
  async function verdictOf(endpoint: string): Promise<{ kind: string; copy?: string }> {
    const target = { endpoint, headers: 'x-key: k', compression: 'gzip', signals: otlpSignals } as const;
    await order({ kind: 'export-test', target });
    return (await answer('export-tested')).verdicts!.traces;
  }

  test('says that all is well', async () => {
    const server = await collector(() => takenFromAfar);
    expect(await verdictOf(server.url)).toMatchObject({ kind: 'ok' });
  });

  test('tells a collector without CORS, with what to copy,', async () => {
    const server = await collector(() => taken);
    const { kind, copy } = await verdictOf(server.url);
    expect(kind).toBe('cors');
    expect(copy).toContain(`allowed_origins: ["${new URL(pageUrl).origin}"]`);
  });

  test('from one that is down,', async () => {
    const server = await startCollector(() => taken);
    await server.close();
    expect(await verdictOf(server.url)).toMatchObject({ kind: 'unreachable' });
  });

  test('from one that does not allow compression,', async () => {
    const headers = { ...takenFromAfar.headers, 'access-control-allow-headers': 'content-type, x-key' };
    const server = await collector(() => ({ ...taken, headers }));
    expect(await verdictOf(server.url)).toMatchObject({ kind: 'compression' });
  });

  test('from one that speaks no TLS,', async () => {
    const server = await collector(() => takenFromAfar);
    expect(await verdictOf(server.url.replace('http:', 'https:'))).toMatchObject({ kind: 'tls' });
  });

  test('and from one that wants a key', async () => {
    const server = await collector(({ method }) => ({
      ...takenFromAfar,
      status: method === 'POST' ? 401 : 204,
    }));
    expect(await verdictOf(server.url)).toMatchObject({ kind: 'unauthorised' });
  });
});
