// The page's runs as figures and files are made of them: the one looked at, and those that it was forked from.
import type { Recipe } from '../../core/recipe.ts';
import { generationEntries, generationStart } from '../../core/timeline.ts';
import type { DetectorEvent, Finding } from '../../detectors/detector.ts';
import type { RecordedRun } from '../../figures/recordedRun.ts';
import { alertsOf, eventStep } from '../state/alerts.ts';
import type { History } from '../state/history.svelte.ts';
import type { Run } from '../state/run.svelte.ts';

/** What a run on the page has to be written down from. */
type Source = Pick<Run, 'events' | 'checkpoints'> & { readonly name: string; readonly history: History };

function activeBefore(events: readonly DetectorEvent[], step: number): readonly Finding[] {
  const earlier = events.filter((event) => eventStep(event) < step);
  return alertsOf(earlier.map((event) => ({ event, healthyCheckpoint: 0 })))
    .filter(({ resolvedAt }) => resolvedAt === undefined)
    .map(({ finding }) => finding);
}

interface Part {
  readonly recipe: Recipe;
  readonly generation: number;
  /** Step after the last that is written down. */
  readonly end: number;
}

function record(
  { name, history, events, checkpoints }: Source,
  { recipe, generation, end }: Part,
): RecordedRun {
  const begin = generationStart(recipe.timeline, generation);
  return {
    recipe,
    generation,
    name,
    begin,
    end,
    rows: history.rows(history.rowAt(begin), history.rowAt(end)),
    allRows: history.rows(0, history.rowAt(end)),
    inherited: activeBefore(events, begin),
    detected: events
      .filter((event) => eventStep(event) >= begin && eventStep(event) < end)
      .map((event) => ({ event })),
    checkpoints: checkpoints.filter((step) => step >= begin && step < end),
    production: { steps: [], values: [] },
  };
}

function sourceOf({ name, history, events, checkpoints }: Run): Source | undefined {
  return history && { name, history, events, checkpoints };
}

/** Letters of runs that the page no longer holds. */
const letter = (generation: number): string => String.fromCharCode(65 + (generation % 26));

/**
 * The lineage of the run looked at, oldest first. Of a run that is gone there is what its heirs took over: it ends where the next one
 * began. The others end where the one looked at has come to, or where it was forked from them: what they did behind it later is left out.
 * @param now step after the last that is written down of the run looked at
 */
export function recordedRuns(
  looked: Run,
  before: Run | undefined,
  now = looked.lastStep + 1,
): readonly [RecordedRun, ...RecordedRun[]] {
  const own = sourceOf(looked);
  const { recipe, generation: last } = looked;
  const empty = { name: looked.name, events: [], checkpoints: [] };
  if (!own) throw new Error(`run ${looked.name}: it has no rows yet; wait until it trains`);
  const forkedAt = (generation: number): number =>
    generationEntries(recipe.timeline, generation).next?.at ?? 0;
  const generationRecord = (generation: number): RecordedRun => {
    if (generation === last) return record(own, { recipe, generation, end: now });
    const held = before?.generation === generation ? sourceOf(before) : undefined;
    const end = Math.max(now, forkedAt(generation) + 1);
    if (held) return record(held, { recipe, generation, end: Math.min(end, held.history.lastStep + 1) });
    const name = letter(generation);
    return record(
      { ...empty, name, history: own.history, events: own.events },
      { recipe, generation, end: forkedAt(generation) + 1 },
    );
  };
  const [first, ...others] = Array.from({ length: last + 1 }, (_, generation) =>
    generationRecord(generation),
  );
  if (!first) throw new Error(`run ${looked.name}: generation ${last} is below 0`);
  return [first, ...others];
}

/** The run without the fault, as far as it is needed beside the others. */
export function recordedTwin(twin: Run | undefined, end: number): RecordedRun | undefined {
  const source = twin && sourceOf(twin);
  if (!source || source.history.lastStep < 0) return undefined;
  return record(source, { recipe: twin.recipe, generation: 0, end: Math.min(end, twin.lastStep + 1) });
}
