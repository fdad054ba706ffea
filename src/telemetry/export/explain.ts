// What a collector's reply means, in words for a person: the cause, and what to do.
import type { Reply } from './post.ts';

export interface Explanation {
  readonly kind:
    | 'path'
    | 'unauthorised'
    | 'too-large'
    | 'busy'
    | 'refused'
    | 'server-error'
    | 'redirect'
    | 'timeout'
    | 'unreachable';
  readonly cause: string;
  readonly remedy: string;
}

/** For every reply but a status 200. */
export function explain(reply: Reply): Explanation {
  switch (reply.kind) {
    case 'silent':
      return {
        kind: 'timeout',
        cause: `no answer in ${reply.timeoutMs / 1000} s`,
        remedy: 'see whether the collector is overloaded, and whether a firewall or proxy holds the request',
      };
    case 'unreachable':
      return {
        kind: 'unreachable',
        cause: 'no connection, or an answer that the browser withheld',
        remedy: 'press “Test connection”, which tells the two apart',
      };
    case 'answered':
      return explainStatus(reply.status, wordsOf(reply.body));
  }
}

function explainStatus(status: number, said: string): Explanation {
  const cause = `status ${status}${said}`;
  switch (status) {
    // What a browser shows of a redirect that it does not follow.
    case 0:
      return {
        kind: 'redirect',
        cause: 'the address redirects',
        remedy: 'write the address that it redirects to (often https: for http:)',
      };
    case 401:
    case 403:
      return {
        kind: 'unauthorised',
        cause,
        remedy: 'add the header with the key that the collector wants, such as “Authorization: Bearer …”',
      };
    case 404:
    case 405:
      return {
        kind: 'path',
        cause,
        remedy:
          'nothing takes OTLP there: write the base address, without /v1/…, and the port for OTLP over HTTP (4318 by default; 4317 is for gRPC)',
      };
    case 413:
      return {
        kind: 'too-large',
        cause,
        remedy: 'raise max_request_body_size in the collector, or the limit of the proxy before it',
      };
    case 429:
    case 502:
    case 503:
    case 504:
      return { kind: 'busy', cause, remedy: 'nothing: it is sent again, at growing intervals' };
    default:
      return status >= 500
        ? { kind: 'server-error', cause, remedy: 'read the collector’s log for the time of this request' }
        : { kind: 'refused', cause, remedy: 'read the collector’s log: it does not take what was sent' };
  }
}

const shownCharacters = 160;

/** What the body says, if it says something readable. A collector's own errors are protobuf with a text inside. */
function wordsOf(body: Uint8Array): string {
  const text = new TextDecoder()
    .decode(body.subarray(0, 4 * shownCharacters))
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
  if (text === '' || text.startsWith('<')) return '';
  return `: ${text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text}`;
}
