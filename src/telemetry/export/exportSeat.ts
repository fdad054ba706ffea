// Where a run's export sits: exporters that last as long as the run, and the endpoint behind them, which comes and goes.
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { testConnection, type Verdicts } from './connectionTest.ts';
import {
  readTarget,
  type OtlpSignal,
  type Target,
  type TargetProblem,
  type TypedTarget,
} from './endpoint.ts';
import { createExporters, createMetricExporter, type Exporters, type Outlet } from './exporters.ts';
import { realSurroundings, type Surroundings } from './post.ts';
import type { ExportState } from './exportState.ts';
import { Transport } from './transport.ts';

/** From the page. */
export type ExportRequest =
  /**
   * Null switches the export off. Answered with the state (before it, the last one of the target of before), or with what is wrong. `excess` = also what the levels beyond the core record,
   * thousands of series: only where a person has confirmed it. The target of before goes on with what it has counted and queued.
   */
  | { readonly kind: 'export'; readonly target: TypedTarget | null; readonly excess: boolean }
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
 * One per training thread, made before the run's telemetry, which gets `exporters` behind batching processors (one that exports each span
 * alone makes a request of each). The thread hands it what `ExportRequest` names, and posts its answers.
 */
export class ExportSeat {
  /** Without an endpoint they do nothing, at no cost. */
  readonly exporters: Exporters;
  /** For the metrics of the levels beyond the core: does nothing, at no cost, until they are asked for. */
  readonly excessMetrics: PushMetricExporter;
  readonly #answer: (answer: ExportAnswer) => void;
  readonly #page: Page;
  readonly #surroundings: Surroundings;
  #transport: Transport | undefined;
  #target: Target | undefined;
  #excess = false;

  constructor(
    answer: (answer: ExportAnswer) => void,
    page: Page,
    surroundings: Surroundings = realSurroundings,
  ) {
    this.#answer = answer;
    this.#page = page;
    this.#surroundings = surroundings;
    const isOpen = (signal: OtlpSignal) => this.#target?.signals.includes(signal) === true;
    const outlet: Outlet = {
      isOpen,
      send: (...parcel) => this.#transport?.send(...parcel),
      lose: (...loss) => this.#transport?.lose(...loss),
      hurry: () => void this.flush(),
    };
    this.exporters = createExporters(outlet);
    this.excessMetrics = createMetricExporter({
      ...outlet,
      isOpen: (signal) => this.#excess && isOpen(signal),
    });
  }

  receive(request: ExportRequest): void {
    if (request.kind === 'export-state') {
      this.#tellState();
      return;
    }
    const read = request.target && readTarget(request.target, this.#page.protocol);
    if (read && 'problems' in read) this.#answer({ kind: 'export-refused', problems: read.problems });
    else if (request.kind === 'export') this.#seat(read?.target, request.excess);
    else if (read) void this.#test(read.target);
  }

  /** Tries what waits now; resolves when nothing does, or at the first try that fails. */
  async flush(): Promise<void> {
    await this.#transport?.flush();
  }

  /** Gives up what waits, counted as dropped; where there is an endpoint, answers with the last state. */
  close(): void {
    if (!this.#transport) return;
    this.#transport.close();
    this.#tellState();
    this.#target = this.#transport = undefined;
  }

  #seat(target: Target | undefined, excess: boolean): void {
    this.#excess = excess && target !== undefined;
    if (JSON.stringify(target) !== JSON.stringify(this.#target)) {
      this.close();
      this.#target = target;
      this.#transport = target && new Transport(target, this.#surroundings);
    }
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
