// The collector that a person names: address and headers as typed, checked once here and trusted from then on.
import { checkedHeaders, type Header } from './headers.ts';

/** What OTLP calls the three streams; each has a path of its own. */
export const otlpSignals = ['traces', 'metrics', 'logs'] as const;
export type OtlpSignal = (typeof otlpSignals)[number];

/** As typed on the page. */
export interface TypedTarget {
  /** A collector's base address, such as `http://localhost:4318`. */
  readonly endpoint: string;
  /** One `Name: value` per line. */
  readonly headers: string;
  readonly compression: 'gzip' | 'none';
  /** The streams to send; the others are not even serialised. */
  readonly signals: readonly OtlpSignal[];
}

/** Where to export to, checked. Holds what a person wants kept secret: never stored, never in a link. */
export interface Target {
  /** Address before `/v1/traces`; no slash at its end. */
  readonly base: string;
  readonly headers: readonly Header[];
  readonly compression: 'gzip' | 'none';
  readonly signals: readonly OtlpSignal[];
}

export interface TargetProblem {
  readonly field: 'endpoint' | 'headers' | 'signals';
  /** `cause: value; what to do`. */
  readonly text: string;
}

export type ReadTarget = { readonly target: Target } | { readonly problems: readonly TargetProblem[] };

/** @param pageProtocol `https:` or `http:` of the page: a secure page may speak to secure addresses and to its own machine only */
export function readTarget(typed: TypedTarget, pageProtocol: string): ReadTarget {
  const endpoint = checkedEndpoint(typed.endpoint.trim(), pageProtocol);
  const headers = checkedHeaders(typed.headers);
  const { compression, signals } = typed;
  if ('base' in endpoint && 'headers' in headers && signals.length > 0) {
    return { target: { base: endpoint.base, headers: headers.headers, compression, signals } };
  }
  const problems: TargetProblem[] = [];
  if ('problem' in endpoint) problems.push({ field: 'endpoint', text: endpoint.problem });
  if ('problem' in headers) problems.push({ field: 'headers', text: headers.problem });
  if (signals.length === 0) {
    problems.push({ field: 'signals', text: `nothing to send; choose among ${otlpSignals.join(', ')}` });
  }
  return { problems };
}

export function signalUrl(base: string, signal: OtlpSignal): string {
  return `${base}/v1/${signal}`;
}

type CheckedEndpoint = { readonly base: string } | { readonly problem: string };

const example = 'http://localhost:4318';

function checkedEndpoint(typed: string, pageProtocol: string): CheckedEndpoint {
  if (typed === '') return { problem: `no address; write a collector's, such as ${example}` };
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const problem = url ? problemOf(url, typed, pageProtocol) : notAnAddress(typed);
  return url && problem === undefined ? { base: baseOf(url) } : { problem: problem ?? notAnAddress(typed) };
}

function notAnAddress(typed: string): string {
  const guess = `http://${typed}`;
  if (!typed.includes('://') && URL.canParse(guess)) {
    return `no scheme: ${typed}; write ${guess}, or https:// where the collector has a certificate`;
  }
  return `not an address: ${typed}; write a collector's, such as ${example}`;
}

function problemOf(url: URL, typed: string, pageProtocol: string): string | undefined {
  // `localhost:4318` parses, as the scheme `localhost:`.
  if (/^[\w.-]+:\d+(?:\/|$)/.test(typed)) return notAnAddress(typed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `scheme ${url.protocol} is not for a collector; write http: or https:, such as ${example}`;
  }
  // The value is left out: it is a secret, and this text is shown.
  if (url.username !== '' || url.password !== '') {
    return 'user name or password in the address; browsers do not send them: write a header “Authorization: Basic …”';
  }
  if (url.search !== '' || url.hash !== '') {
    return 'address with ? or #; write it without, and a key as a header';
  }
  if (url.protocol === 'http:' && pageProtocol === 'https:' && !isThisMachine(url.hostname)) {
    return (
      `mixed content: ${url.origin} from a page on https; browsers block it: ` +
      `give the collector a certificate and write https:, or use one on this machine (${example})`
    );
  }
  return undefined;
}

/** Addresses that browsers trust without encryption. */
function isThisMachine(hostname: string): boolean {
  return /(?:^|\.)localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname);
}

/** Whoever copies the address of one signal means the collector. */
function baseOf(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1\/(?:traces|metrics|logs)$/, '');
  return url.origin + path.replace(/\/+$/, '');
}
