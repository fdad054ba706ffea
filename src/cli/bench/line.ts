// A row in the making: opens its contender, shows that it trains rightly, keeps its times; a failure ends it with the reason.
import type { Contender } from './contender.ts';
import { Entrant, measureCost } from './measure.ts';
import type { Referee } from './referee.ts';
import type { MapRate, Row } from './result.ts';
import { median, spread } from './statistics.ts';
import { comparedSteps, type Parameters } from './task.ts';

/** The part of a row that is known before it is measured. */
export type RowKey = Pick<Row, 'net' | 'engine' | 'execution' | 'optimizer' | 'telemetry' | 'replicas'>;

export class Line {
  readonly key: RowKey;
  readonly onGpu: boolean;
  #entrant: Entrant | undefined;
  #failure: string | undefined;
  #figures: Partial<Row> = {};
  #parameters: Parameters | undefined;
  #mapsPer16Ms: number | undefined;

  constructor(key: RowKey, onGpu: boolean) {
    this.key = key;
    this.onGpu = onGpu;
  }

  /** Undefined before the start and after a failure. */
  get entrant(): Entrant | undefined {
    return this.#entrant;
  }

  /** Trains the compared steps, keeps the weights for the referee, and finds the length of a repeat. */
  async start(open: () => Promise<Contender>, repeatMs: number): Promise<void> {
    try {
      this.#entrant = new Entrant(await open());
    } catch (error) {
      this.#fail(error);
    }
    await this.attempt(async (entrant) => {
      await entrant.run(comparedSteps);
      this.#parameters = await entrant.contender.parameters();
      await entrant.calibrate(repeatMs);
    });
  }

  async repeat(): Promise<void> {
    await this.attempt(async (entrant) => {
      entrant.times.push(await entrant.time(entrant.steps));
    });
  }

  async finish(): Promise<void> {
    await this.attempt(async (entrant) => {
      const cost = await measureCost(entrant, this.onGpu);
      this.#mapsPer16Ms = cost.mapsPer16Ms;
      this.#figures = {
        ...this.#figures,
        msPerStep: median(entrant.times),
        spread: spread(entrant.times),
        dispatchesPerStep: cost.dispatches,
        readbackBytesPerStep: cost.readbackBytes,
      };
    });
  }

  /** Does something with the contender, if it is still there; an error ends the row. */
  async attempt(work: (entrant: Entrant) => Promise<void>): Promise<void> {
    if (!this.#entrant) return;
    try {
      await work(this.#entrant);
    } catch (error) {
      this.#fail(error);
    }
  }

  async judge(referee: Referee): Promise<void> {
    if (!this.#parameters || this.#failure !== undefined) return;
    const lossAt100 = await referee.lossOf(this.#parameters);
    this.#figures = { ...this.#figures, lossAt100, valid: referee.accepts(lossAt100) };
  }

  get row(): Row {
    const empty = { msPerStep: null, spread: null, dispatchesPerStep: null, readbackBytesPerStep: null };
    const { net, engine, execution, optimizer, telemetry, replicas } = this.key;
    const row = {
      net,
      engine,
      execution,
      optimizer,
      telemetry,
      ...empty,
      replicas,
      lossAt100: null,
      valid: false,
    };
    if (this.#failure !== undefined) return { ...row, failure: this.#failure };
    return { ...row, ...this.#figures };
  }

  get mapRate(): MapRate[] {
    const { net, execution } = this.key;
    return this.#mapsPer16Ms === undefined ? [] : [{ net, execution, mapsPer16Ms: this.#mapsPer16Ms }];
  }

  close(): void {
    this.#entrant?.contender.dispose();
    this.#entrant = undefined;
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    try {
      this.close();
    } catch {
      // What has failed may fail again when it is disposed of; the first reason is the one to tell.
      this.#entrant = undefined;
    }
  }
}
