// What a person may type as endpoint and headers, and what they are told when it will not do.
import { describe, expect, test } from 'vitest';
import { otlpSignals, readTarget, signalUrl, type Target } from '../../../src/telemetry/export/endpoint.ts';

function read(endpoint: string, headers = '', pageProtocol = 'http:') {
  return readTarget({ endpoint, headers, compression: 'gzip', signals: otlpSignals }, pageProtocol);
}

function target(endpoint: string, headers = '', pageProtocol = 'http:'): Target {
  const result = read(endpoint, headers, pageProtocol);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.target;
}

function problem(endpoint: string, headers = '', pageProtocol = 'http:'): string {
  const result = read(endpoint, headers, pageProtocol);
  if (!('problems' in result)) throw new Error(`accepted: ${JSON.stringify(result.target)}`);
  return result.problems.map(({ field, text }) => `${field}: ${text}`).join('\n');
}

describe('an endpoint', () => {
  test.each([
    ['http://localhost:4318', 'http://localhost:4318'],
    ['  http://localhost:4318/ ', 'http://localhost:4318'],
    ['HTTPS://Collector.Example/', 'https://collector.example'],
    ['https://collector.example/otlp', 'https://collector.example/otlp'],
    ['https://collector.example/otlp//', 'https://collector.example/otlp'],
    ['http://localhost:4318/v1/traces', 'http://localhost:4318'],
    ['http://localhost:4318/v1/logs/', 'http://localhost:4318'],
    ['http://localhost:8428/opentelemetry/v1/metrics', 'http://localhost:8428/opentelemetry'],
    ['http://[::1]:4318', 'http://[::1]:4318'],
  ])('%s has the base %s', (typed, base) => {
    expect(target(typed).base).toBe(base);
  });

  test('has one path per stream', () => {
    expect(signalUrl('https://collector.example/otlp', 'metrics')).toBe(
      'https://collector.example/otlp/v1/metrics',
    );
  });

  test.each([
    ['', /no address.*http:\/\/localhost:4318/],
    ['localhost:4318', /no scheme: localhost:4318; write http:\/\/localhost:4318/],
    ['collector.example', /no scheme: .*write http:\/\/collector\.example/],
    ['http://', /not an address: http:\/\//],
    ['http://a b', /not an address/],
    ['javascript:alert(1)', /scheme javascript:.*write http: or https:/],
    ['file:///etc/passwd', /scheme file:/],
    ['data:text/plain,hello', /scheme data:/],
    ['blob:http://localhost/1', /scheme blob:/],
    ['ws://localhost:4318', /scheme ws:/],
    ['http://localhost:4318/?token=1', /with \? or #/],
    ['http://localhost:4318/#x', /with \? or #/],
  ])('%j is refused, with what to do', (typed, text) => {
    expect(problem(typed)).toMatch(text);
  });

  test('with a password is refused, without repeating it', () => {
    const text = problem('https://maria:hunter2@collector.example');
    expect(text).toMatch(/Authorization: Basic/);
    expect(text).not.toMatch(/hunter2|maria/);
  });

  test.each(['http://collector.example:4318', 'http://10.0.0.7:4318', 'http://localhost.example:4318'])(
    '%s is mixed content on a secure page only',
    (typed) => {
      expect(problem(typed, '', 'https:')).toMatch(/mixed content.*certificate/);
      expect(target(typed, '', 'http:').base).toBe(typed);
    },
  );

  test.each(['http://localhost:4318', 'http://127.0.0.1:4318', 'http://127.8.0.1:1', 'http://[::1]:4318'])(
    '%s is this machine: a secure page may speak to it',
    (typed) => {
      expect(target(typed, '', 'https:').base).toBe(typed);
    },
  );
});

describe('headers', () => {
  test('are one per line, with spaces around them left out and colons in their values kept', () => {
    expect(
      target('http://localhost:4318', 'Authorization: Basic a:b=\r\n\n x-scope-orgid :team 1 ').headers,
    ).toEqual([
      ['Authorization', 'Basic a:b='],
      ['x-scope-orgid', 'team 1'],
    ]);
  });

  test.each([
    ['api-key=abc', /line 1: no colon.*one header per line/],
    ['a: 1\nBearer xyz', /line 2: no colon.*cannot go on in the next line/],
    [': 1', /no name/],
    ['api key: 1', /"api key"; only letters/],
    ['naïve: 1', /"naïve"/],
    ['x: snow ☃', /character that no header may have/],
    ['x: a\0b', /character that no header may have/],
    ['x: a\u000bb', /character that no header may have/],
    ['Cookie: 1', /browsers set it themselves/],
    ['Sec-Fetch-Mode: cors', /browsers set it themselves/],
    ['content-type: text/plain', /exporter sets it itself/],
    ['x: 1\nX: 2', /line 2: header X twice/],
  ])('%j is refused, with what to do', (typed, text) => {
    expect(problem('http://localhost:4318', typed)).toMatch(text);
  });

  test('that are refused do not give their value away', () => {
    expect(problem('http://localhost:4318', 'Bearer hunter2\nx: hunter2 ☃')).not.toMatch(/hunter2/);
    expect(problem('http://localhost:4318', 'x: hunter2 ☃')).not.toMatch(/hunter2/);
  });

  test('and endpoint are told what is wrong with both at once', () => {
    expect(problem('ftp://x', 'y')).toMatch(/endpoint: .*\nheaders: /);
  });
});
