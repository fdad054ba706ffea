// Where a run's export sits: exporters that last as long as the run, and the endpoint behind them, which comes and goes.
import { testConnection, type Verdicts } from './connectionTest.ts';
import { readTarget, type Target, type TargetProblem, type TypedTarget } from './endpoint.ts';
import { createExporters, type Exporters } from './exporters.ts';
import { realSurroundings, type Surroundings } from './post.ts';
import type { ExportState } from './exportState.ts';
import { Transport } from './transport.ts';

/** From the page. */
export type ExportRequest =
  /** Null switches the export off. Answered with the state, or with what is wrong. */
  | { readonly kind: 'export'; readonly target: TypedTarget | null }
  | { readonly kind: 'export-state' }
  | { readonly kind: 'export-test'; readonly target: TypedTarget };

export type ExportAnswer =
  /** Null = there is no endpoint. */
  | { readonly kind: 'export-state'; readonly state: ExportState | null }
  /** Nothing was changed, nothing sent. */
  | { readonly kind: 'export-refused'; readonly problems: readonly TargetProblem[] }
  | { readonly kind: 'export-tested'; readonly verdicts: Verdicts };

export interface Page {
  readonly protocol: string;
  readonly origin: string;
}

const testTimeoutMs = 5_000;

/**
 * One per training thread, made before the run's telemetry, which gets `exporters` behind batching processors and a periodic reader (a
 * processor that exports each span alone makes a request of each). The thread hands it what `ExportRequest` names, and posts its answers.
 */
export class ExportSeat {
  /** Without an endpoint they do nothing, at no cost. */
  readonly exporters: Exporters;
  readonly #answer: (answer: ExportAnswer) => void;
  readonly #page: Page;
  readonly #surroundings: Surroundings;
  #transport: Transport | undefined;

  constructor(
    answer: (answer: ExportAnswer) => void,
    page: Page,
    surroundings: Surroundings = realSurroundings,
  ) {
    this.#answer = answer;
    this.#page = page;
    this.#surroundings = surroundings;
    const seated = () => this.#transport;
    this.exporters = createExporters({
      get open() {
        return seated() !== undefined;
      },
      send: (...parcel) => seated()?.send(...parcel),
      lose: (...loss) => seated()?.lose(...loss),
      flush: () => this.flush(),
    });
  }

  receive(request: ExportRequest): void {
    if (request.kind === 'export-state') this.#tellState();
    else if (request.target === null) this.#seat(undefined);
    else this.#aim(request.kind, request.target);
  }

  /** To be called when a detector fires, when the tab hides, and before the thread ends. */
  async flush(): Promise<void> {
    await this.#transport?.flush();
  }

  close(): void {
    this.#transport?.close();
    this.#transport = undefined;
  }

  #aim(kind: 'export' | 'export-test', typed: TypedTarget): void {
    const read = readTarget(typed, this.#page.protocol);
    if ('problems' in read) this.#answer({ kind: 'export-refused', problems: read.problems });
    else if (kind === 'export') this.#seat(read.target);
    else void this.#test(read.target);
  }

  #seat(target: Target | undefined): void {
    this.close();
    this.#transport = target && new Transport(target, this.#surroundings);
    this.#tellState();
  }

  async #test(target: Target): Promise<void> {
    const settings = { timeoutMs: testTimeoutMs, origin: this.#page.origin };
    this.#answer({
      kind: 'export-tested',
      verdicts: await testConnection(target, settings, this.#surroundings),
    });
  }

  #tellState(): void {
    this.#answer({ kind: 'export-state', state: this.#transport?.state() ?? null });
  }
}
