// What a person is told of the collector they named: that it works, or what is in the way and what clears it.
import { afterEach, describe, expect, test } from 'vitest';
import { testConnection, type Verdict } from '../../../src/telemetry/export/connectionTest.ts';
import { otlpSignals, type OtlpSignal, type Target } from '../../../src/telemetry/export/endpoint.ts';
import { realSurroundings } from '../../../src/telemetry/export/post.ts';
import { partialAnswer, startCollector, taken, type Collector } from './collector.ts';

const origin = 'https://trainwreck.example';
const started: Collector[] = [];

async function collector(...parameters: Parameters<typeof startCollector>): Promise<Collector> {
  const server = await startCollector(...parameters);
  started.push(server);
  return server;
}

async function verdicts(
  base: string,
  changes: Partial<Target> = {},
  { fetch = realSurroundings.fetch, timeoutMs = 5_000 } = {},
) {
  const target: Target = { base, headers: [], compression: 'none', signals: otlpSignals, ...changes };
  const told = await testConnection(target, { timeoutMs, origin }, { ...realSurroundings, fetch });
  return told as Readonly<Record<OtlpSignal, Verdict>>;
}

/** What a person reads of an obstacle. */
function words(verdict: Verdict): string {
  return verdict.kind === 'ok' ? 'ok' : `${verdict.kind}: ${verdict.cause}; ${verdict.remedy}`;
}

afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

describe('a collector that answers', () => {
  test('as one does: all three paths work, and nothing but an empty resource was sent', async () => {
    const server = await collector(() => taken);
    const { traces, metrics, logs } = await verdicts(server.url, { headers: [['x-key', 'k']] });
    expect([traces, metrics, logs].map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok']);
    expect(server.received.map(({ path }) => path).sort()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
    for (const { body, headers } of server.received) {
      expect([...body]).toEqual([0x0a, 0x00]);
      expect(headers).toMatchObject({ 'content-type': 'application/x-protobuf', 'x-key': 'k' });
    }
  });

  test('with a warning: it works', async () => {
    const server = await collector(() => partialAnswer(0, 'old version'));
    expect((await verdicts(server.url)).traces.kind).toBe('ok');
  });

  test('for metrics only: each path has its own verdict', async () => {
    const server = await collector(({ path }) => (path === '/v1/metrics' ? taken : { status: 404 }));
    const { traces, metrics, logs } = await verdicts(server.url);
    expect([traces.kind, metrics.kind, logs.kind]).toEqual(['path', 'ok', 'path']);
  });

  test('is asked at the chosen paths only', async () => {
    const server = await collector(() => taken);
    expect(await verdicts(server.url, { signals: ['metrics'] })).toEqual({
      metrics: expect.objectContaining({ kind: 'ok' }) as unknown,
    });
    expect(server.received.map(({ path }) => path)).toEqual(['/v1/metrics']);
  });

  test.each([
    [400, /^refused: status 400; .*log/],
    [401, /^unauthorised: status 401; .*Authorization: Bearer/],
    [403, /^unauthorised: status 403/],
    [404, /^path: status 404; .*without \/v1.*4317 is for gRPC/],
    [405, /^path: status 405/],
    [413, /^too-large: status 413; .*max_request_body_size/],
    [429, /^busy: status 429; .*sent again/],
    [500, /^server-error: status 500; .*log/],
    [503, /^busy: status 503/],
  ])('with %d: the cause and what to do', async (status, text) => {
    const server = await collector(() => ({ status }));
    expect(words((await verdicts(server.url)).traces)).toMatch(text);
  });

  test('with a text: it is part of the cause, a page of HTML is not', async () => {
    const body = 'missing tenant';
    const server = await collector(({ path }) =>
      path === '/v1/logs' ? { status: 400, body } : { status: 400, body: '<html>missing</html>' },
    );
    const { traces, logs } = await verdicts(server.url);
    expect(words(logs)).toContain('status 400: missing tenant');
    expect(words(traces)).not.toContain('missing');
  });

  test('with a page: something else listens there', async () => {
    const server = await collector(() => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<p>',
    }));
    expect(words((await verdicts(server.url)).traces)).toMatch(/^not-otlp: .*base address/);
  });

  test('never: that it was waited for', async () => {
    const server = await collector(() => null);
    expect(words((await verdicts(server.url, {}, { timeoutMs: 300 })).traces)).toMatch(
      /^timeout: no answer in 0\.3 s/,
    );
  });

  test.each([400, 415])(
    'with %d to what is compressed only: that compression is what it lacks',
    async (status) => {
      const server = await collector(({ headers }) => (headers['content-encoding'] ? { status } : taken));
      expect(words((await verdicts(server.url, { compression: 'gzip' })).traces)).toMatch(
        /^compression: .*compression to none/,
      );
    },
  );
});

describe('no answer that may be read', () => {
  test('since nobody listens: that the collector is to be started', async () => {
    const server = await startCollector(() => taken);
    await server.close();
    const { traces } = await verdicts(server.url, { compression: 'gzip' });
    expect(words(traces)).toMatch(/^unreachable: nothing answers at 127\.0\.0\.1:\d+; start the collector/);
  });

  test('at the port for gRPC: that it is the wrong one', async () => {
    const none = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(words((await verdicts('http://localhost:4317', {}, { fetch: none })).traces)).toMatch(
      /4317 is for gRPC/,
    );
  });

  test('since CORS lacks: the configuration to copy, with this page and the person’s headers', async () => {
    const withheld: typeof fetch = (_, init) =>
      init?.mode === 'no-cors'
        ? Promise.resolve(new Response())
        : Promise.reject(new TypeError('Failed to fetch'));
    const headers = [['x-key', 'secret']] as const;
    const { traces } = await verdicts(
      'http://localhost:4318',
      { headers, compression: 'gzip' },
      { fetch: withheld },
    );
    expect(words(traces)).toMatch(/^cors: .*withholds the answer/);
    const copy = 'copy' in traces ? traces.copy : '';
    expect(copy).toContain('allowed_origins: ["https://trainwreck.example"]');
    expect(copy).toContain('allowed_headers: ["Content-Type", "Content-Encoding", "x-key"]');
    expect(copy).not.toContain('secret');
  });

  test('since it speaks no TLS: that the certificate, or https, is what is wrong', async () => {
    const server = await collector(() => ({ status: 400 }));
    const { traces } = await verdicts(server.url.replace('http:', 'https:'));
    expect(words(traces)).toMatch(/^tls: .*certificate.*open https:\/\/127/);
  });

  test('over https from a machine that is down: that a certificate would look the same', async () => {
    const server = await startCollector(() => taken);
    await server.close();
    const { traces } = await verdicts(server.url.replace('http:', 'https:'));
    expect(words(traces)).toMatch(/^unreachable: .*certificate that is not trusted looks the same/);
  });
});
