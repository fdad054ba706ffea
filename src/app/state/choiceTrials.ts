// A choice of signals against faults: each scenario trained with the other signals hidden, and what its detectors still said.
import { detectorOf } from '../../detectors/index.ts';
import { faultOf } from '../../faults/index.ts';
import type { Choice } from '../../lessons/lesson.ts';
import { scenarioOf } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { companions } from '../../signals/series.ts';
import { signals } from '../../signals/index.ts';
import type { Trial, Tried } from './trials.svelte.ts';

function scenariosOf({ against }: Choice): readonly Scenario[] {
  return against.flatMap((id) => scenarioOf(id) ?? []);
}

/** All but those chosen, and but columns that are no signals. */
function hiddenSignals(chosen: readonly string[]): string[] {
  return signals.map(({ id }) => id).filter((id) => !chosen.includes(id) && !companions.includes(id));
}

export function choiceTrials(choice: Choice, chosen: readonly string[]): readonly Trial[] {
  const unemitted = hiddenSignals(chosen);
  return scenariosOf(choice).map(({ id, recipe, steps }) => ({
    id,
    recipe: { ...recipe, unemitted },
    until: steps,
  }));
}

/** What became of one fault under a choice. */
export interface ChoiceView {
  readonly id: string;
  /** Of the fault. */
  readonly title: string;
  readonly at: number;
  /** Step at which what it should fire fired; undefined = it did not. */
  readonly caughtAt: number | undefined;
  readonly isDone: boolean;
  /** Signals that its detectors would have needed and that were not chosen. */
  readonly missing: readonly string[];
}

function missingFor({ expected }: Scenario, chosen: readonly string[]): readonly string[] {
  const needed = expected.flatMap((detector) => detectorOf(detector).signals);
  return [...new Set<string>(needed)].filter((id) => !chosen.includes(id) && !companions.includes(id));
}

export function choiceViews(
  choice: Choice,
  chosen: readonly string[],
  done: Readonly<Partial<Record<string, Tried>>>,
): readonly ChoiceView[] {
  return scenariosOf(choice).map((scenario) => {
    const [entry] = scenario.recipe.timeline;
    const tried = done[scenario.id];
    const expected: readonly string[] = scenario.expected;
    const caught = tried?.alerts.find(
      ({ finding, raisedAt }) => expected.includes(finding.detector) && raisedAt >= (entry?.at ?? 0),
    );
    return {
      id: scenario.id,
      title: (entry && faultOf(entry.by)?.title) ?? scenario.title,
      at: entry?.at ?? 0,
      caughtAt: caught?.raisedAt,
      isDone: tried !== undefined,
      missing: missingFor(scenario, chosen),
    };
  });
}
