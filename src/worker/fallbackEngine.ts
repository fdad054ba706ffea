// An engine that trains in plain JavaScript, and says why, from the first network on that it cannot compile.
import { plainEngine } from '../engine/compiled/plain.ts';
import type { CompileRequest, Engine, Program } from '../engine/engine.ts';
import { wallClock } from '../telemetry/clock.ts';
import type { Interval } from '../telemetry/spans.ts';
import { messageOf } from './messageOf.ts';
import type { EngineChoice } from './protocol.ts';
import { sleep } from './waiting.ts';

export type EngineId = Exclude<EngineChoice, 'auto'>;

/** Time in which a device must have said that it is lost after it has rejected a program; the two come in either order. */
const graceMs = 250;

export function instead(reason: string): string {
  return `${reason} This run trains in plain JavaScript instead.`;
}

export class FallbackEngine implements Engine {
  readonly #wanted: Engine;
  readonly #say: (text: string) => void;
  /** What compiles now: the wanted one, or plain JavaScript. */
  #current: Engine;
  #id: EngineId;
  readonly #now = wallClock();
  #compilations: Interval[] = [];

  constructor(id: EngineId, engine: Engine, say: (text: string) => void) {
    this.#id = id;
    this.#wanted = engine;
    this.#current = engine;
    this.#say = say;
  }

  get id(): EngineId {
    return this.#id;
  }

  get description(): string {
    return this.#current.description;
  }

  /** Of the wanted engine also after a fallback: checkpoints of programs before it may still lie on its device. */
  get lost(): Promise<string> {
    return this.#wanted.lost;
  }

  /** What trains a program: the execution where the engine left the choice to its cost model. */
  running(program: Program): EngineId {
    const { execution } = program;
    return this.#id === 'compiled' && execution !== undefined ? `compiled.${execution}` : this.#id;
  }

  async compile(request: CompileRequest): Promise<Program> {
    const from = this.#now();
    const program = await this.#compile(request);
    this.#compilations.push({ from, to: this.#now() });
    return program;
  }

  /** What compiles now: for what is computed beside a run and is no part of it. */
  get current(): Engine {
    return this.#current;
  }

  /** When programs were compiled since the last call. */
  takeCompilations(): readonly Interval[] {
    const taken = this.#compilations;
    this.#compilations = [];
    return taken;
  }

  async #compile(request: CompileRequest): Promise<Program> {
    if (this.#current === plainEngine) return plainEngine.compile(request);
    try {
      return await this.#current.compile(request);
    } catch (error) {
      if (await this.#isLost()) throw error;
      const program = await plainEngine.compile(request);
      this.#say(instead(`${this.#id} cannot train this network: ${messageOf(error).replace(/\.$/, '')}.`));
      [this.#current, this.#id] = [plainEngine, 'compiled.plain'];
      return program;
    }
  }

  /** Only at the end of a run: until then its device holds checkpoints. */
  dispose(): void {
    this.#wanted.dispose();
  }

  #isLost(): Promise<boolean> {
    const soon = sleep(graceMs).then(() => false);
    return Promise.race([this.lost.then(() => true), soon]);
  }
}
