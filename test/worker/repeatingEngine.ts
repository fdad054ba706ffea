// An engine that trains a little and then repeats the rows of it for ever: an hour of a run in seconds. Its numbers are real, their steps go on.
import type { RowLayout } from '../../src/core/layout.ts';
import { compilePlain } from '../../src/engine/compiled/plain.ts';
import { keepNow, type CompileRequest, type Engine, type Program } from '../../src/engine/engine.ts';

/** Recorded rows, of which the later half comes again and again: by then the network has learned, and nothing happens any more. */
class Repeated {
  readonly #layout: RowLayout;
  readonly #recorded: Uint32Array;
  readonly #period: number;

  constructor(layout: RowLayout, recorded: Uint32Array) {
    this.#layout = layout;
    this.#recorded = recorded;
    this.#period = recorded.length / layout.width / 2;
  }

  words(first: number, count: number): Uint32Array<ArrayBuffer> {
    const { width, presenceWords } = this.#layout;
    const words = new Uint32Array(count * width);
    const values = new Float32Array(words.buffer);
    const evaluated = 1 + presenceWords + this.#layout.column('evaluated_at');
    for (let row = 0; row < count; row++) {
      const step = first + row;
      const source = step < this.#period ? step : this.#period + (step % this.#period);
      words.set(this.#recorded.subarray(source * width, (source + 1) * width), row * width);
      words[row * width] = step;
      values[row * width + evaluated] = (values[row * width + evaluated] ?? 0) + step - source;
    }
    return words;
  }
}

async function repeatingProgram(request: CompileRequest, period: number): Promise<Program> {
  const plain = compilePlain(request);
  await plain.advance(2 * period);
  const repeated = new Repeated(plain.layout, await plain.rows());
  let [step, told] = [0, 0];
  const checkpoint = async () => ({ ...(await plain.checkpoint()), step });
  return {
    layout: plain.layout,
    get step() {
      return step;
    },
    missed: 0,
    advance: (steps) => {
      step += steps;
    },
    rows: () => {
      const words = repeated.words(told, step - told);
      told = step;
      return Promise.resolve(words);
    },
    detail: (level) => plain.detail(level),
    keep: () => keepNow(step, checkpoint()),
    checkpoint,
    restore: () => Promise.resolve(),
    evaluate: (split) => plain.evaluate(split),
    intervene: () => undefined,
    dispose: () => plain.dispose(),
  };
}

/** @param period twice as many steps are really trained; whole evaluation intervals */
export function repeatingEngine(period: number): Engine {
  return {
    id: 'compiled.repeating',
    description: 'JavaScript that repeats itself',
    lost: new Promise(() => undefined),
    compile: (request) => repeatingProgram(request, period),
    dispose: () => undefined,
  };
}
