// Sends a request to each of a collector's paths that is to be used and says what came of it: arrived, or what is in the way and how to clear it.
import { signalUrl, type OtlpSignal, type Target } from './endpoint.ts';
import { explain, type Explanation } from './explain.ts';
import { gzip } from './gzip.ts';
import { outcomeOf } from './outcome.ts';
import { post, type Reply, type Surroundings } from './post.ts';

/** One path's verdict. */
export type Verdict = { readonly kind: 'ok'; readonly milliseconds: number } | Obstacle;

interface Obstacle {
  readonly kind: Explanation['kind'] | 'cors' | 'tls' | 'compression' | 'not-otlp';
  readonly cause: string;
  readonly remedy: string;
  /** Configuration for the collector, to copy. */
  readonly copy?: string;
}

/** Of the streams that are to be sent. */
export type Verdicts = Readonly<Partial<Record<OtlpSignal, Verdict>>>;

export interface TestSettings {
  readonly timeoutMs: number;
  /** Of the page, for the collector's list of allowed ones. */
  readonly origin: string;
}

export async function testConnection(
  target: Target,
  settings: TestSettings,
  surroundings: Surroundings,
): Promise<Verdicts> {
  const verdicts = await Promise.all(
    target.signals.map(async (signal) => {
      return [signal, await new Diagnosis(signal, target, settings, surroundings).verdict()] as const;
    }),
  );
  return Object.fromEntries(verdicts);
}

/** An export request of each of the three streams: one resource with nothing in it. Some receivers refuse one without bytes. */
const smallestRequest = Uint8Array.of(0x0a, 0x00);

class Diagnosis {
  readonly #signal: OtlpSignal;
  readonly #target: Target;
  readonly #settings: TestSettings;
  readonly #surroundings: Surroundings;

  constructor(signal: OtlpSignal, target: Target, settings: TestSettings, surroundings: Surroundings) {
    this.#signal = signal;
    this.#target = target;
    this.#settings = settings;
    this.#surroundings = surroundings;
  }

  async verdict(): Promise<Verdict> {
    const { clock } = this.#surroundings;
    const start = clock.now();
    const reply = await this.#post(this.#target.compression);
    if (this.#taken(reply)) return { kind: 'ok', milliseconds: clock.now() - start };
    if (this.#target.compression === 'gzip' && (await this.#worksPlain(reply)))
      return compressionVerdict(this.#cors);
    if (reply.kind === 'unreachable') return this.#withheldOrDown();
    if (reply.kind === 'answered' && reply.status >= 200 && reply.status <= 299) return notOtlp;
    return explain(reply);
  }

  async #post(compression: Target['compression']): Promise<Reply> {
    const plain = { body: smallestRequest, gzipped: false };
    return post(
      {
        ...(compression === 'gzip' ? await gzip(smallestRequest) : plain),
        url: signalUrl(this.#target.base, this.#signal),
        headers: this.#target.headers,
        keepalive: false,
        timeoutMs: this.#settings.timeoutMs,
        signal: new AbortController().signal,
      },
      this.#surroundings,
    );
  }

  #taken(reply: Reply): boolean {
    return outcomeOf(reply, this.#signal, this.#surroundings.clock.now()).kind === 'taken';
  }

  /** `Content-Encoding` needs leave of CORS, and not every receiver unpacks. */
  async #worksPlain(reply: Reply): Promise<boolean> {
    const mayBeCompression =
      reply.kind === 'unreachable' ||
      (reply.kind === 'answered' && (reply.status === 400 || reply.status === 415));
    return mayBeCompression && this.#taken(await this.#post('none'));
  }

  /** A request whose answer nobody may read needs no leave: whether there is one tells a withheld answer from none. */
  async #withheldOrDown(): Promise<Verdict> {
    const url = new URL(signalUrl(this.#target.base, this.#signal));
    if (await this.#isThere(url)) return corsVerdict(url.origin, this.#cors);
    if (url.protocol !== 'https:') return downVerdict(url);
    // A server that wants TLS still answers a request without it, with an error; so does one that has none.
    const bare = new URL(url);
    bare.protocol = 'http:';
    bare.port = url.port === '' ? '443' : url.port;
    return (await this.#isThere(bare)) ? tlsVerdict(url) : downVerdict(url);
  }

  async #isThere(url: URL): Promise<boolean> {
    const { fetch, clock } = this.#surroundings;
    const abort = new AbortController();
    const cancel = clock.after(this.#settings.timeoutMs, () => abort.abort());
    try {
      await fetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: abort.signal });
      return true;
    } catch {
      return false;
    } finally {
      cancel();
    }
  }

  /** The part of a Collector's configuration that lets this page in. */
  get #cors(): string {
    const names = ['Content-Type', 'Content-Encoding', ...this.#target.headers.map(([name]) => name)];
    return [
      'receivers:',
      '  otlp:',
      '    protocols:',
      '      http:',
      '        cors:',
      `          allowed_origins: [${JSON.stringify(this.#settings.origin)}]`,
      `          allowed_headers: [${names.map((name) => JSON.stringify(name)).join(', ')}]`,
    ].join('\n');
  }
}

const notOtlp: Verdict = {
  kind: 'not-otlp',
  cause: 'a success that is no answer of OTLP: some other server listens there',
  remedy: 'write the base address of the collector, with the port for OTLP over HTTP (4318 by default)',
};

function corsVerdict(origin: string, copy: string): Verdict {
  return {
    kind: 'cors',
    cause: `${origin} answers, but the browser withholds the answer: it has no CORS headers for this page`,
    remedy:
      'add this to the collector’s configuration and start it again; if it is there already, the answer is an error that comes without them (wrong path, missing key, a proxy): see the collector’s log',
    copy,
  };
}

function compressionVerdict(copy: string): Verdict {
  return {
    kind: 'compression',
    cause: 'it takes requests as they are, but not compressed ones',
    remedy: 'set compression to none; or, if it is a Collector, allow the header Content-Encoding:',
    copy,
  };
}

function tlsVerdict({ host }: URL): Verdict {
  return {
    kind: 'tls',
    cause: `${host} listens, but no connection over https comes about: its certificate is not trusted, or it has none`,
    remedy: `open https://${host} in a tab to see the browser’s reason; without a certificate, write http:// (from this machine only)`,
  };
}

function downVerdict({ protocol, host, port }: URL): Verdict {
  const hints = [
    'start the collector, and see that it listens on this port',
    ...(port === '4317' ? ['4317 is for gRPC, OTLP over HTTP is on 4318'] : []),
    ...(protocol === 'https:'
      ? [`open https://${host} in a tab: a certificate that is not trusted looks the same`]
      : []),
    'if the browser asks whether this page may reach your local network, allow it',
  ];
  return { kind: 'unreachable', cause: `nothing answers at ${host}`, remedy: hints.join('; ') };
}
