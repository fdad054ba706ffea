// A receiver of OTLP that is not written here, on a free port, and what has arrived at it.
import { MockOtlpServer } from '@elastic/mockotlpserver';
import type { OtlpSignal } from '../../../src/telemetry/export/endpoint.ts';

/** A request, as JSON, and when it came. */
export interface Arrival {
  readonly stream: OtlpSignal;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface MockReceiver {
  readonly origin: string;
  readonly arrivals: Arrival[];
  close(): Promise<void>;
}

/** It does not unpack what is compressed. */
export async function startMockReceiver(): Promise<MockReceiver> {
  const arrivals: Arrival[] = [];
  const keep = (stream: OtlpSignal) => (request: { toJSON: () => unknown }) =>
    arrivals.push({ stream, text: JSON.stringify(request.toJSON()), at: Date.now() });
  const server = new MockOtlpServer({
    logLevel: 'warn',
    services: ['http'],
    httpHostname: '127.0.0.1',
    httpPort: 0,
    onTrace: keep('traces'),
    onMetrics: keep('metrics'),
    onLogs: keep('logs'),
  });
  await server.start();
  return { origin: server.httpUrl!.origin, arrivals, close: () => server.close() };
}
