// Columns of a row that no network computes: how far what users send has moved, and what the telemetry itself costs. They depend on the data
// and the timeline alone, so one voice on the host serves every engine, and every engine's rows agree in them bit for bit.
import { Rows, type RowLayout } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import { productionAt } from '../core/stateFaults.ts';
import { settingsAt, settingsPeriods, type SettingsPeriod } from '../core/timeline.ts';
import { batchWindow, InputReference, shiftWindow } from '../data/inputShift.ts';
import { productionSamples } from '../data/production.ts';
import { seriesCount } from '../signals/series.ts';
import type { CompileRequest, Program } from './engine.ts';

interface Divergences {
  /** Step of the evaluation that they belong to. */
  readonly at: number;
  readonly window: number;
  readonly batch: number;
}

class RowContext {
  readonly #request: CompileRequest;
  readonly #reference: InputReference;
  readonly #columns: { readonly window: number; readonly batch: number; readonly series: number };
  #recipe: Recipe;
  #periods: readonly SettingsPeriod[];
  #last: Divergences | undefined;

  constructor(request: CompileRequest, layout: RowLayout) {
    this.#request = request;
    this.#reference = new InputReference(request.dataset);
    this.#columns = {
      window: layout.column('input_kl_divergence'),
      batch: layout.column('input_kl_batch'),
      series: layout.column('telemetry_series'),
    };
    this.#recipe = request.recipe;
    this.#periods = settingsPeriods(request.recipe, request.generation);
  }

  intervene(recipe: Recipe): void {
    this.#recipe = recipe;
    this.#periods = settingsPeriods(recipe, this.#request.generation);
    this.#last = undefined;
  }

  fill(layout: RowLayout, words: Uint32Array): void {
    const rows = new Rows(layout, words);
    const values = new Float32Array(words.buffer, words.byteOffset, words.length);
    const set = (row: number, column: number, value: number): void => {
      const offset = row * layout.width + 1;
      values[offset + layout.presenceWords + column] = value;
      const word = offset + (column >>> 5);
      words[word] = (words[word] ?? 0) | (1 << (column & 31));
    };
    for (let row = 0; row < rows.count; row++) {
      const step = rows.step(row);
      const { window, batch } = this.#divergencesAt(step);
      set(row, this.#columns.window, window);
      set(row, this.#columns.batch, batch);
      set(row, this.#columns.series, this.#series(step));
    }
  }

  /** Of the last evaluation step: a function of the step alone, so that rows after a rewind repeat exactly. */
  #divergencesAt(step: number): Divergences {
    const at = step - (step % this.#recipe.validateEvery);
    if (this.#last?.at === at) return this.#last;
    const { dataset, generation } = this.#request;
    const production = productionAt(this.#recipe.timeline, generation, at);
    const from = (at / this.#recipe.validateEvery) * shiftWindow;
    const { inputs } = productionSamples(dataset, this.#recipe.seed, production, from, shiftWindow);
    const values = inputs instanceof Float32Array ? inputs : Float32Array.from(inputs);
    this.#last = {
      at,
      window: this.#reference.divergence(values, shiftWindow),
      batch: this.#reference.divergence(values, batchWindow),
    };
    return this.#last;
  }

  #series(step: number): number {
    const { features, classes } = this.#request.dataset;
    const { hidden, batch, loss } = this.#recipe;
    const outputs = classes === 2 && loss !== 'softmax-cross-entropy' ? 1 : classes;
    return seriesCount(settingsAt(this.#periods, step), { features, hidden, outputs, batch });
  }
}

/** The program, with rows that hold these columns as well. */
export function withContext(program: Program, request: CompileRequest): Program {
  const context = new RowContext(request, program.layout);
  return {
    get layout() {
      return program.layout;
    },
    ...(program.execution === undefined ? {} : { execution: program.execution }),
    get step() {
      return program.step;
    },
    get missed() {
      return program.missed;
    },
    advance: (steps) => program.advance(steps),
    rows: async (which) => {
      const words = await program.rows(which);
      context.fill(program.layout, words);
      return words;
    },
    keep: () => program.keep(),
    checkpoint: () => program.checkpoint(),
    restore: (checkpoint) => program.restore(checkpoint),
    evaluate: (split) => program.evaluate(split),
    intervene: (recipe) => {
      program.intervene(recipe);
      context.intervene(recipe);
    },
    dispose: () => program.dispose(),
  };
}
