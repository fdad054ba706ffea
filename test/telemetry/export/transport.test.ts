// What becomes of an export when the collector takes it, refuses it, is overloaded, silent, gone, or no collector at all.
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { otlpSignals, type OtlpSignal, type Target } from '../../../src/telemetry/export/endpoint.ts';
import {
  defaultSettings,
  Transport,
  type TransportSettings,
} from '../../../src/telemetry/export/transport.ts';
import { partialAnswer, startCollector, taken, type Collector } from './collector.ts';
import { ManualClock, settled } from './manualClock.ts';

const data = Uint8Array.of(1, 2, 3);

function targetOf(base: string, changes: Partial<Target> = {}): Target {
  return { base, headers: [], compression: 'none', signals: otlpSignals, ...changes };
}

const open: { close(): unknown }[] = [];

async function collector(...parameters: Parameters<typeof startCollector>): Promise<Collector> {
  const started = await startCollector(...parameters);
  open.push(started);
  return started;
}

function transportTo(
  base: string,
  clock: ManualClock,
  changes: Partial<Target> = {},
  settings = defaultSettings,
) {
  const transport = new Transport(targetOf(base, changes), { fetch, clock }, settings);
  open.push(transport);
  return transport;
}

/** A transport whose requests end as `outcomes` says, one after another, the last for ever; keeps when each was tried. */
function scripted(outcomes: readonly (() => Response)[], settings: TransportSettings = defaultSettings) {
  const clock = new ManualClock();
  const tries: { readonly at: number; readonly first: number; readonly keepalive: boolean }[] = [];
  const fake: typeof fetch = (_, init) => {
    const body = init?.body instanceof Uint8Array ? init.body : new Uint8Array();
    const outcome = outcomes[Math.min(tries.length, outcomes.length - 1)];
    tries.push({ at: clock.now(), first: body[0] ?? -1, keepalive: init?.keepalive ?? false });
    return new Promise((resolve, reject) => {
      try {
        resolve(outcome!());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  };
  const transport = new Transport(targetOf('http://collector.test'), { fetch: fake, clock }, settings);
  return { clock, tries, transport };
}

const down = (): Response => {
  throw new TypeError('Failed to fetch');
};
const up = () => new Response(null, { status: 200 });
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('', { status: code, headers });

function counts(transport: Transport, signal: OtlpSignal = 'traces') {
  return transport.state().counts[signal];
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('a collector that takes what it is sent', () => {
  test.each(otlpSignals)('gets %s at their path, as protobuf, with the headers', async (signal) => {
    const server = await collector(() => taken);
    const transport = transportTo(server.url, new ManualClock(), { headers: [['x-key', 'k']] });
    transport.send(signal, data, 7);
    await transport.flush();
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', path: `/v1/${signal}` });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/x-protobuf', 'x-key': 'k' });
    expect([...request!.body]).toEqual([...data]);
    expect(counts(transport, signal)).toEqual({
      sent: 7,
      queued: 0,
      dropped: 0,
      rejected: 0,
      unconfirmed: 0,
    });
    expect(transport.state()).toMatchObject({ requests: 1, bytes: 3, lastProblem: null });
  });

  test('gets it compressed, and the bytes on the wire are what is counted', async () => {
    const server = await collector(() => taken);
    const transport = transportTo(server.url, new ManualClock(), { compression: 'gzip' });
    transport.send('metrics', new Uint8Array(10_000), 1);
    await transport.flush();
    expect(server.received[0]?.headers['content-encoding']).toBe('gzip');
    expect(server.received[0]?.body).toHaveLength(10_000);
    expect(transport.state().bytes).toBe(Number(server.received[0]?.headers['content-length']));
    expect(transport.state().bytes).toBeLessThan(200);
  });

  test('gets everything in the order in which it was handed over, large or small', async () => {
    const server = await collector(() => taken);
    const transport = transportTo(server.url, new ManualClock(), { compression: 'gzip' });
    for (let i = 0; i < 20; i++) transport.send('metrics', new Uint8Array(i % 2 ? 10 : 300_000).fill(i), 1);
    await transport.flush();
    expect(server.received.map(({ body }) => body[0])).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('in part: the rejected are counted and its words are shown', async () => {
    const server = await collector(() => partialAnswer(2, 'too old'));
    const transport = transportTo(server.url, new ManualClock());
    transport.send('traces', data, 5);
    await transport.flush();
    expect(counts(transport)).toMatchObject({ sent: 3, rejected: 2 });
    expect(transport.state().lastProblem?.text).toMatch(/rejected 2 of 5 spans: too old/);
  });

  test('and claims to reject more than it got: no figure goes below zero', async () => {
    const server = await collector(() => partialAnswer(100, 'all of it'));
    const transport = transportTo(server.url, new ManualClock());
    transport.send('metrics', data, 5);
    await transport.flush();
    expect(counts(transport, 'metrics')).toMatchObject({ sent: 0, rejected: 5 });
  });

  test('in part, in JSON', async () => {
    const body = JSON.stringify({ partialSuccess: { rejectedLogRecords: '1', errorMessage: 'no' } });
    const server = await collector(() => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body,
    }));
    const transport = transportTo(server.url, new ManualClock());
    transport.send('logs', data, 5);
    await transport.flush();
    expect(counts(transport, 'logs')).toMatchObject({ sent: 4, rejected: 1 });
  });
});

describe('a collector that refuses', () => {
  test.each([
    [400, /status 400: bad request.*log/],
    [401, /status 401: bad request.*Authorization/],
    [403, /status 403.*Authorization/],
    [404, /status 404.*base address/],
    [413, /status 413.*max_request_body_size/],
    [500, /status 500.*log/],
  ])('with %d is not asked again: counted, explained, and the next export goes out', async (code, text) => {
    const server = await collector((_, number) =>
      number === 1 ? { status: code, headers: { 'content-type': 'text/plain' }, body: 'bad request' } : taken,
    );
    const transport = transportTo(server.url, new ManualClock());
    transport.send('traces', data, 3);
    transport.send('traces', data, 4);
    await transport.flush();
    expect(server.received).toHaveLength(2);
    expect(counts(transport)).toEqual({ sent: 4, queued: 0, dropped: 0, rejected: 3, unconfirmed: 0 });
    expect(transport.state().lastProblem?.text).toMatch(text);
  });

  test('by a redirect: the headers do not go to another address', async () => {
    const elsewhere = await collector(() => taken);
    const server = await collector(() => ({
      status: 307,
      headers: { location: `${elsewhere.url}/v1/traces` },
    }));
    const transport = transportTo(server.url, new ManualClock(), {
      headers: [['authorization', 'Bearer k']],
    });
    transport.send('traces', data, 1);
    await transport.flush();
    expect(elsewhere.received).toEqual([]);
    expect(counts(transport)).toMatchObject({ rejected: 1 });
  });
});

describe('a server that is no collector', () => {
  test.each([
    ['a page', { 'content-type': 'text/html' }, '<!doctype html><p>Welcome'],
    [
      'bytes under the right name',
      { 'content-type': 'application/x-protobuf' },
      Uint8Array.of(0x0a, 0xff, 0xff),
    ],
    ['bytes without a name', {}, Uint8Array.of(0x07, 0x07, 0x07)],
    ['broken JSON', { 'content-type': 'application/json' }, '{"partial'],
    ['a megabyte of zeros', { 'content-type': 'application/octet-stream' }, new Uint8Array(1 << 20)],
  ])('and answers 200 with %s: what it got counts as unconfirmed', async (_, headers, body) => {
    const server = await collector(() => ({ status: 200, headers, body }));
    const transport = transportTo(server.url, new ManualClock());
    transport.send('traces', data, 3);
    await transport.flush();
    expect(counts(transport)).toMatchObject({ sent: 0, unconfirmed: 3, queued: 0 });
    expect(transport.state().lastProblem?.text).toMatch(/no OTLP/);
  });
});

describe('a collector that cannot take it now', () => {
  test.each([429, 503])(
    'and answers %d with Retry-After: is left alone for that long, even by a flush',
    async (code) => {
      const { clock, tries, transport } = scripted([status(code, { 'retry-after': '40' }), up]);
      transport.send('traces', data, 1);
      await transport.flush();
      const begun = clock.now();
      expect(transport.state().nextTry).toBe(begun + 40_000);
      await clock.pass(39_999);
      await transport.flush();
      expect(tries).toHaveLength(1);
      await clock.pass(1);
      expect(tries.map(({ at }) => at - begun)).toEqual([0, 40_000]);
      expect(counts(transport)).toMatchObject({ sent: 1, queued: 0 });
    },
  );

  test('over real HTTP, by a 429 whose Retry-After is a date', async () => {
    const clock = new ManualClock();
    const retryAt = new Date(clock.now() + 20_000).toUTCString();
    const server = await collector((_, number) =>
      number === 1 ? { status: 429, headers: { 'retry-after': retryAt } } : taken,
    );
    const transport = transportTo(server.url, clock);
    transport.send('traces', data, 1);
    await transport.flush();
    expect(transport.state().nextTry).toBe(clock.now() + 20_000);
    await clock.pass(20_000);
    await transport.flush();
    expect(counts(transport)).toMatchObject({ sent: 1 });
  });

  test.each([
    ['502', status(502)],
    ['503', status(503)],
    ['504', status(504)],
  ])('by %s: is tried again at growing intervals until it can', async (_, outcome) => {
    const { clock, tries, transport } = scripted([outcome, outcome, outcome, outcome, up]);
    transport.send('traces', data, 1);
    await settled();
    await clock.pass(60_000);
    const pauses = tries.slice(1).map(({ at }, i) => at - tries[i]!.at);
    expect(pauses).toHaveLength(4);
    for (const [i, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(pause).toBeLessThan(1000 * 2 ** i);
    }
    expect(counts(transport)).toMatchObject({ sent: 1, queued: 0 });
  });

  test('by no connection: the same, from the second try on', async () => {
    const { clock, tries, transport } = scripted([down, down, down, down, up]);
    transport.send('traces', data, 1);
    await settled();
    await clock.pass(60_000);
    const pauses = tries.slice(1).map(({ at }, i) => at - tries[i]!.at);
    expect(pauses[0]).toBe(0);
    for (const [i, pause] of pauses.slice(1).entries()) {
      expect(pause).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(pause).toBeLessThan(1000 * 2 ** i);
    }
    expect(counts(transport)).toMatchObject({ sent: 1, queued: 0 });
  });

  test('by no answer at all: the request is called off after its time', async () => {
    const clock = new ManualClock();
    const server = await collector(() => null);
    const transport = transportTo(server.url, clock);
    transport.send('traces', data, 1);
    await expect.poll(() => server.received).toHaveLength(1);
    await clock.pass(defaultSettings.timeoutMs);
    await expect.poll(() => transport.state().nextTry).not.toBeNull();
    expect(transport.state().lastProblem?.text).toMatch(/no answer in 10 s/);
    expect(counts(transport)).toMatchObject({ sent: 0, queued: 1 });
  });

  test('by an answer that begins and never ends: the same', async () => {
    const endless = () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(data) }));
    const clock = new ManualClock();
    const transport = new Transport(targetOf('http://collector.test'), {
      clock,
      fetch: (_, init) => {
        const response = endless();
        const reader = response.body!.getReader();
        init!.signal!.addEventListener('abort', () => void reader.cancel());
        const body = new ReadableStream({
          pull: async (stream) => {
            const { done, value } = await reader.read();
            if (done) stream.error(new Error('aborted'));
            else stream.enqueue(value);
          },
        });
        return Promise.resolve(new Response(body));
      },
    });
    transport.send('traces', data, 1);
    await settled();
    await clock.pass(defaultSettings.timeoutMs);
    expect(transport.state().lastProblem?.text).toMatch(/no answer in 10 s/);
  });

  test('a flush cuts our own pause short, and comes back when that try fails too', async () => {
    const { tries, transport } = scripted([status(503), status(503), up]);
    transport.send('traces', data, 1);
    await settled();
    await transport.flush();
    expect(tries).toHaveLength(2);
    await transport.flush();
    expect(counts(transport)).toMatchObject({ sent: 1 });
  });

  test('a request that may outlive the page and finds no way is sent again at once as one that may not: browsers limit them', async () => {
    const { tries, transport } = scripted([down, up]);
    transport.send('traces', data, 1);
    transport.send('traces', new Uint8Array(100_000), 1);
    await settled();
    expect(tries.map(({ keepalive }) => keepalive)).toEqual([true, false, false]);
    expect(transport.state()).toMatchObject({ requests: 2, lastProblem: null });
  });
});

describe('a collector that comes back after ten minutes', () => {
  test('gets all that the queue holds, oldest first, within a minute', async () => {
    const clock = new ManualClock();
    const begun = clock.now();
    const arrived: number[] = [];
    const fake: typeof fetch = (_, init) => {
      if (clock.now() < begun + 600_000) return Promise.reject(new TypeError('Failed to fetch'));
      arrived.push(init?.body instanceof Uint8Array ? init.body[0]! : -1);
      return Promise.resolve(up());
    };
    const transport = new Transport(targetOf('http://collector.test'), { clock, fetch: fake });
    for (let i = 0; i < 119; i++) {
      transport.send('metrics', Uint8Array.of(i), 13);
      await clock.pass(5_000);
    }
    expect(counts(transport, 'metrics')).toMatchObject({ sent: 0, queued: 119 * 13, dropped: 0 });
    await clock.pass(65_000);
    expect(arrived).toEqual(Array.from({ length: 119 }, (_, i) => i));
    expect(counts(transport, 'metrics')).toMatchObject({ sent: 119 * 13, queued: 0, dropped: 0 });
  });

  test('over real HTTP, at the same address', async () => {
    const clock = new ManualClock();
    const first = await collector(() => taken);
    const port = Number(new URL(first.url).port);
    await first.close();
    const transport = transportTo(first.url, clock);
    transport.send('logs', data, 2);
    await transport.flush();
    expect(counts(transport, 'logs')).toMatchObject({ queued: 2 });
    const second = await collector(() => taken, port);
    await transport.flush();
    expect(second.received).toHaveLength(1);
    expect(counts(transport, 'logs')).toMatchObject({ sent: 2, queued: 0 });
  });
});

describe('the queue', () => {
  test.each([
    ['requests', { parcels: 4, bytes: 1_000_000 }],
    ['bytes', { parcels: 1_000, bytes: 4_099 }],
  ])('is bounded in %s: the oldest are dropped, and counted', async (_, bounds) => {
    const { tries, clock, transport } = scripted([status(503), status(503), up], {
      ...defaultSettings,
      bounds,
    });
    for (let i = 0; i < 10; i++) transport.send('traces', new Uint8Array(1024).fill(i), 2);
    await settled();
    expect(counts(transport)).toEqual({ sent: 0, queued: 8, dropped: 12, rejected: 0, unconfirmed: 0 });
    await clock.pass(60_000);
    expect(counts(transport)).toEqual({ sent: 8, queued: 0, dropped: 12, rejected: 0, unconfirmed: 0 });
    expect(tries.slice(-4).map(({ first }) => first)).toEqual([6, 7, 8, 9]);
  });

  test('refuses one export that is larger than all of it, and keeps the others', async () => {
    const bounds = { parcels: 10, bytes: 100 };
    const { transport } = scripted([down], { ...defaultSettings, bounds });
    transport.send('traces', data, 1);
    transport.send('traces', new Uint8Array(101), 5);
    await transport.flush();
    expect(counts(transport)).toMatchObject({ queued: 1, dropped: 5 });
  });

  test('is dropped and counted when the export is switched off, together with what is on its way', async () => {
    const server = await collector(() => null);
    const transport = transportTo(server.url, new ManualClock());
    transport.send('traces', data, 1);
    transport.send('logs', data, 2);
    await expect.poll(() => server.received).toHaveLength(1);
    transport.close();
    transport.send('metrics', data, 3);
    await expect.poll(() => counts(transport)).toMatchObject({ queued: 0, dropped: 1 });
    expect(counts(transport, 'logs')).toMatchObject({ queued: 0, dropped: 2 });
    await expect.poll(() => counts(transport, 'metrics')).toMatchObject({ queued: 0, dropped: 3 });
  });

  test('what could not be serialised is lost, counted and said', () => {
    const { transport } = scripted([up]);
    transport.lose('metrics', 4, 'RangeError: x');
    expect(counts(transport, 'metrics')).toMatchObject({ dropped: 4, queued: 0 });
    expect(transport.state().lastProblem?.text).toMatch(/points not serialised: RangeError: x/);
  });
});

test('gzip gives back what went in', async () => {
  const { gzip } = await import('../../../src/telemetry/export/gzip.ts');
  const packed = await gzip(new Uint8Array(5_000).fill(9));
  expect(packed.gzipped).toBe(true);
  expect([...new Set(gunzipSync(packed.body))]).toEqual([9]);
});
