// A receiver that answers as it is told, on a free port, and keeps what came.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Unpacked. */
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Null = none, ever. */
type Answering = (request: Received, number: number) => Answer | null;

export interface Collector {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** @param port to come back at; 0 = any free one */
export async function startCollector(answering: Answering, port = 0): Promise<Collector> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const whole = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      const body = headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole;
      const one = { method, path: url, headers, body };
      // Whether a browser may send at all is no export.
      if (method === 'POST') received.push(one);
      write(response, answering(one, received.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function write(response: ServerResponse, answer: Answer | null): void {
  if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** A collector's answer: everything taken. */
export const taken: Answer = { status: 200, headers: { 'content-type': 'application/x-protobuf' } };

/** The same, as a browser on another address may read it. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
} as const;

/** `ExportTraceServiceResponse { partial_success { rejected_spans, error_message } }`, in bytes; the same for all three streams. */
export function partialAnswer(rejected: number, message: string): Answer {
  const text = Buffer.from(message);
  const part = Buffer.concat([Buffer.of(0x08, rejected, 0x12, text.length), text]);
  return { ...taken, body: Buffer.concat([Buffer.of(0x0a, part.length), part]) };
}
