// What a person changes of the recipe by hand: a field, live or by a new run, and a threshold that is dragged.
import { RecipeError, type Recipe, type RecipeField, type RecipeProblem } from '../../core/recipe.ts';
import { settingFields, type SettingField } from '../../core/settings.ts';
import { parseRecipe } from '../../data/index.ts';
import { settingsNow } from './chapter.ts';
import type { Interventions } from './interventions.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import type { Runs } from './runs.svelte.ts';
import { editedByHand } from './staging.ts';

export class Edits {
  /** The threshold that is being dragged. */
  dragged: Recipe['thresholds'] = $state.raw({});
  readonly #playground: Playground;
  readonly #runs: Runs;
  readonly #interventions: Interventions;

  /** Of the run looked at, with the one that is being dragged. */
  readonly thresholds = $derived.by(() => ({
    ...this.#playground.looked.recipe.thresholds,
    ...this.dragged,
  }));

  constructor(playground: Playground, runs: Runs, interventions: Interventions) {
    this.#playground = playground;
    this.#runs = runs;
    this.#interventions = interventions;
  }

  /** Moves the threshold of an alert: the charts show what it would have said. */
  dragThreshold(name: string, value: number): void {
    if (this.#playground.mustCall) return;
    this.dragged = { [name]: Number(value.toPrecision(3)) };
  }

  /** The threshold is let go: from now on the runs are judged by it, and what they have done so far is judged again. */
  dropThreshold(): void {
    const [name] = Object.keys(this.dragged);
    if (name !== undefined) this.#judge(name, this.thresholds);
    this.dragged = {};
  }

  /** Changes a field of the recipe: a setting or a threshold live, anything else by a new run. Returns what is wrong with the value. */
  edit(field: RecipeField, value: unknown): readonly RecipeProblem[] {
    const { mustCall } = this.#playground;
    if (mustCall) return [{ field, value, reason: mustCall }];
    try {
      const setting = settingFields.find((name): name is SettingField => name === field);
      // A setting joins those in force, faults included; anything else starts a run without them.
      const inForce = setting ? settingsNow(this.#playground.looked.position) : {};
      const timeline = setting ? [] : this.#playground.scenario.recipe.timeline;
      const recipe = parseRecipe({
        ...editedByHand(this.#playground.looked.recipe, this.#playground.staged),
        ...inForce,
        timeline,
        [field]: value,
      });
      if (setting && this.#playground.looked.history) {
        this.#interventions.remember();
        this.#playground.looked.intervene(
          'edit',
          { kind: 'set', settings: { [setting]: recipe[setting] } },
          false,
        );
      } else if (field === 'thresholds') {
        this.#judge(field, recipe.thresholds);
      } else {
        this.#interventions.past.forget();
        this.#playground.restart(recipe);
      }
      return [];
    } catch (error) {
      if (error instanceof RecipeError) return error.problems;
      throw error;
    }
  }

  #judge(threshold: string, thresholds: Recipe['thresholds']): void {
    this.#interventions.remember(threshold);
    this.#runs.judge(thresholds);
  }
}
