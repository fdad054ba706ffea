// Where telemetry is to be sent, as typed on the page, and what of it this machine remembers: never the headers, which hold keys.
import { otlpSignals, type OtlpSignal, type TypedTarget } from '../../worker/protocol.ts';

type Remembered = Omit<TypedTarget, 'headers'>;

const key = 'trainwreck.export';
const nothing: Remembered = { endpoint: '', compression: 'gzip', signals: otlpSignals };

/** The browser's own, where it lets the page have one. */
export function machineStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function remembered(storage: Storage | undefined): Remembered {
  try {
    return parsed(JSON.parse(storage?.getItem(key) ?? '{}'));
  } catch {
    return nothing;
  }
}

/** Anything may stand there: another version of the page wrote it, or a person. */
function parsed(value: unknown): Remembered {
  const { endpoint, compression, signals } = value as Readonly<Partial<Record<keyof Remembered, unknown>>>;
  return {
    endpoint: typeof endpoint === 'string' ? endpoint : nothing.endpoint,
    compression: compression === 'none' ? 'none' : nothing.compression,
    signals: Array.isArray(signals) ? otlpSignals.filter((one) => signals.includes(one)) : nothing.signals,
  };
}

export class ExportSettings {
  endpoint = $state('');
  headers = $state('');
  compression: TypedTarget['compression'] = $state('gzip');
  signals: readonly OtlpSignal[] = $state.raw(otlpSignals);
  readonly typed: TypedTarget = $derived({
    endpoint: this.endpoint,
    headers: this.headers,
    compression: this.compression,
    signals: this.signals,
  });
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
    const { endpoint, compression, signals } = remembered(storage);
    [this.endpoint, this.compression, this.signals] = [endpoint, compression, signals];
  }

  edit(changes: Partial<TypedTarget>): void {
    const { endpoint, headers, compression, signals } = { ...this.typed, ...changes };
    [this.endpoint, this.headers, this.compression, this.signals] = [endpoint, headers, compression, signals];
  }

  /** For the next visit. To be called with what was found good only: an address that is refused may hold a password. */
  remember({ endpoint, compression, signals }: TypedTarget): void {
    const kept: Remembered = { endpoint, compression, signals };
    try {
      this.#storage?.setItem(key, JSON.stringify(kept));
    } catch {
      // Full, or forbidden by now: it is typed again at the next visit.
    }
  }
}
