// A place kept for a run's export: most runs are sent nowhere, so what sends them is fetched when a person names an endpoint.
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Exporters } from './exporters.ts';
import type { ExportAnswer, ExportRequest, ExportSeat, Page } from './exportSeat.ts';

const success = 0;
type Done = (result: { code: number; error?: Error }) => void;

interface Exporting<Items> {
  export(items: Items, done: Done): void;
  forceFlush?(): Promise<void>;
}

export class ReservedSeat {
  /** Nothing happens in them, at no cost, before there is a seat; what comes while it is fetched waits for it. */
  readonly exporters: Exporters;
  readonly excessMetrics: PushMetricExporter;
  readonly #answer: (answer: ExportAnswer) => void;
  readonly #page: Page;
  #taken: Promise<ExportSeat | undefined> | undefined;

  constructor(answer: (answer: ExportAnswer) => void, page: Page) {
    this.#answer = answer;
    this.#page = page;
    this.exporters = {
      spans: this.#exporter((seat) => seat.exporters.spans),
      logs: this.#exporter((seat) => seat.exporters.logs),
      metrics: this.#exporter((seat) => seat.exporters.metrics),
    };
    this.excessMetrics = this.#exporter((seat) => seat.excessMetrics);
  }

  /** In the order in which they come. */
  receive(request: ExportRequest): void {
    const endsNothing = request.kind === 'export' && request.target === null;
    if (!this.#taken && (request.kind === 'export-state' || endsNothing)) {
      this.#answer({ kind: 'export-state', state: null });
      return;
    }
    this.#taken ??= this.#take();
    void this.#taken.then((seat) => seat?.receive(request));
  }

  async flush(): Promise<void> {
    await (await this.#taken)?.flush();
  }

  async close(): Promise<void> {
    (await this.#taken)?.close();
  }

  async #take(): Promise<ExportSeat | undefined> {
    try {
      const { ExportSeat } = await import('./exportSeat.ts');
      return new ExportSeat(this.#answer, this.#page);
    } catch (error) {
      this.#taken = undefined;
      const text = `the part of the page that sends telemetry did not load: ${String(error)}; try again when this machine is online`;
      this.#answer({ kind: 'export-refused', problems: [{ field: 'endpoint', text }] });
      return undefined;
    }
  }

  #exporter<Items>(of: (seat: ExportSeat) => Exporting<Items>) {
    const hurry = async (): Promise<void> => {
      const seat = await this.#taken;
      await (seat && of(seat).forceFlush?.());
    };
    return {
      export: (items: Items, done: Done): void => {
        if (!this.#taken) {
          done({ code: success });
          return;
        }
        void this.#taken.then((seat) => {
          if (seat) of(seat).export(items, done);
          else done({ code: success });
        });
      },
      forceFlush: hurry,
      shutdown: hurry,
    };
  }
}
