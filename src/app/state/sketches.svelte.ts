// What is drawn on the choices of a beat: charts of scenarios, really trained, behind the page.
import type { Beat } from '../../lessons/lesson.ts';
import { scenarioOf } from '../../scenarios/index.ts';
import type { EngineChoice } from '../../worker/protocol.ts';
import { Trials, type Trial, type Tried } from './trials.svelte.ts';

function trialsOf({ asks = [] }: Beat): readonly Trial[] {
  return asks
    .flatMap(({ choices }) => choices)
    .flatMap(({ drawing }) => {
      const scenario = drawing && 'scenario' in drawing ? scenarioOf(drawing.scenario) : undefined;
      if (!scenario || !drawing || !('scenario' in drawing)) return [];
      return [{ id: scenario.id, recipe: scenario.recipe, until: drawing.to }];
    });
}

export class Sketches {
  readonly #trials: Trials;
  #started = '';

  constructor(engine: () => EngineChoice) {
    this.#trials = new Trials(engine);
  }

  /** Those that some beats draw, unless they are being trained already. */
  start(beats: readonly Beat[]): void {
    const trials = beats.flatMap(trialsOf);
    const names = trials.map(({ id }) => id).join();
    if (names === '' || names === this.#started) return;
    this.#started = names;
    this.#trials.start(trials);
  }

  /** Of a scenario, once it is trained. */
  of(scenario: string): Tried | undefined {
    return this.#trials.done[scenario];
  }

  get failed(): string | undefined {
    return this.#trials.failed;
  }

  dispose(): void {
    this.#trials.dispose();
  }
}
