// The column of a row that no engine computes: what the telemetry itself costs. It depends on the recipe and its timeline alone.
import { Rows, type RowLayout } from '../core/layout.ts';
import type { Recipe } from '../core/recipe.ts';
import { settingsAt, settingsPeriods, type SettingsPeriod } from '../core/timeline.ts';
import { networkShape, seriesCount } from '../signals/series.ts';
import type { CompileRequest, Program } from './engine.ts';

/** Fills the column into rows of one run. */
export class RowContext {
  readonly #request: CompileRequest;
  readonly #column: number;
  #periods: readonly SettingsPeriod[];

  constructor(request: CompileRequest, layout: RowLayout) {
    this.#request = request;
    this.#column = layout.column('telemetry_series');
    this.#periods = settingsPeriods(request.recipe, request.generation);
  }

  intervene(recipe: Recipe): void {
    this.#periods = settingsPeriods(recipe, this.#request.generation);
  }

  fill(layout: RowLayout, words: Uint32Array): void {
    const rows = new Rows(layout, words);
    const values = new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let row = 0; row < rows.count; row++) {
      const offset = row * layout.width + 1;
      values[offset + layout.presenceWords + this.#column] = this.#series(rows.step(row));
      const word = offset + (this.#column >>> 5);
      words[word] = (words[word] ?? 0) | (1 << (this.#column & 31));
    }
  }

  #series(step: number): number {
    const { recipe, dataset } = this.#request;
    return seriesCount(settingsAt(this.#periods, step), networkShape(recipe, dataset));
  }
}

/** The program, with rows that hold this column as well. */
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
    detail: (level) => program.detail(level),
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
