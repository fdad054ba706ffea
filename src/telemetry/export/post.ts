// One request to a collector: sent, its answer read to the end, or the reason why there is none. Never throws.
import { wallClock, type Clock } from './clock.ts';
import type { Header } from './headers.ts';

/** What the exporter needs of its thread. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** Those of the page or worker that runs this. `fetch` must be called as its own global's. */
export const realSurroundings: Surroundings = {
  fetch: (...request) => fetch(...request),
  clock: wallClock,
};

export interface Post {
  readonly url: string;
  /** OTLP protobuf, compressed or not. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly gzipped: boolean;
  readonly headers: readonly Header[];
  /** The request may outlive the page. */
  readonly keepalive: boolean;
  readonly timeoutMs: number;
  /** Calls the request off. */
  readonly signal: AbortSignal;
}

export type Reply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Lower case, without parameters; empty = none said. */
      readonly contentType: string;
      /** As sent. A browser hands it over only if the collector exposes it (`Access-Control-Expose-Headers`). */
      readonly retryAfter: string | null;
      /** At most the first 64 KiB. */
      readonly body: Uint8Array;
    }
  /** A browser does not say why: nobody listens, the certificate is not trusted, or the answer had no CORS headers. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'silent'; readonly timeoutMs: number };

const timeUp = 'time is up';

export async function post(request: Post, { fetch, clock }: Surroundings): Promise<Reply> {
  const abort = new AbortController();
  const callOff = () => abort.abort();
  request.signal.addEventListener('abort', callOff);
  const cancel = clock.after(request.timeoutMs, () => abort.abort(timeUp));
  try {
    return await answerOf(await fetch(request.url, requestInit(request, abort.signal)));
  } catch {
    return abort.signal.reason === timeUp
      ? { kind: 'silent', timeoutMs: request.timeoutMs }
      : { kind: 'unreachable' };
  } finally {
    cancel();
    request.signal.removeEventListener('abort', callOff);
  }
}

function requestInit({ body, gzipped, headers, keepalive }: Post, signal: AbortSignal): RequestInit {
  return {
    method: 'POST',
    body,
    headers: [
      ...headers.map(([name, value]): [string, string] => [name, value]),
      ['Content-Type', 'application/x-protobuf'],
      ...(gzipped ? [['Content-Encoding', 'gzip'] satisfies [string, string]] : []),
    ],
    keepalive,
    signal,
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    // A redirect would take the headers, and a key in them, to another address.
    redirect: 'manual',
  };
}

async function answerOf(response: Response): Promise<Reply> {
  const contentType = response.headers.get('content-type') ?? '';
  return {
    kind: 'answered',
    status: response.status,
    contentType: (contentType.split(';')[0] ?? '').trim().toLowerCase(),
    retryAfter: response.headers.get('retry-after'),
    body: await readToEnd(response),
  };
}

const keptBytes = 65_536;

/**
 * Chromium counts a request that may outlive the page (64 KiB of them at a time) until its answer is read to the end; whoever leaves
 * bodies unread can send nothing after that.
 */
async function readToEnd(response: Response): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const kept: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const part = chunk.value.subarray(0, keptBytes - length);
    kept.push(part);
    length += part.length;
  }
  return joined(kept, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
