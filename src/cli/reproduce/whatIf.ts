// Runs beside the timeline's own: the twin, against which every effect is judged, and each remedy that the first alert offers.
import { bestCheckpoint } from '../../core/bestCheckpoint.ts';
import { recovery, type EvaluationSeries } from '../../core/recovery.ts';
import type { Recipe } from '../../core/recipe.ts';
import { settingsAt, settingsPeriods, type Intervention } from '../../core/timeline.ts';
import type { Finding } from '../../detectors/detector.ts';
import { remedies, remediesFor, type RemedyId } from '../../remedies/index.ts';
import { rewindOf, type Remedy, type RemedyContext } from '../../remedies/remedy.ts';
import { busyUntil } from '../../figures/usualSteps.ts';
import { evaluated, within } from '../../figures/series.ts';
import { trainTimeline, type TrainedRun, type Workshop } from './train.ts';

/** A remedy pressed, and the run that it opened. */
export interface TriedRemedy {
  readonly remedy: Remedy;
  readonly context: RemedyContext;
  readonly entry: Intervention;
  readonly run: TrainedRun;
}

/** Remedies of the first run, all tried at the same step. */
export interface Offer {
  /** The alert after which they are pressed; without one, they are pressed when everything on the timeline has been done. */
  readonly alert: Finding | undefined;
  readonly at: number;
  readonly tried: readonly TriedRemedy[];
}

interface Moment {
  readonly alert: Finding | undefined;
  readonly at: number;
  /** Step that a remedy which rewinds starts from. */
  readonly healthy: number;
}

/** After the first alert of a run that fires; where none does, after the first that warns. */
function momentOf({ recipe, detected }: TrainedRun): Moment {
  const alerts = detected.flatMap(({ event, healthyCheckpoint }) =>
    event.kind === 'raised' ? [{ finding: event.finding, healthyCheckpoint }] : [],
  );
  const first = alerts.find(({ finding }) => finding.severity === 'firing') ?? alerts[0];
  if (first) return { alert: first.finding, at: first.finding.at + 1, healthy: first.healthyCheckpoint };
  const every = recipe.checkpointEvery;
  const healthy = Math.floor((recipe.timeline[0]?.at ?? 0) / every) * every;
  return { alert: undefined, at: busyUntil(recipe) + 1, healthy };
}

/** The first run's recipe with a remedy pressed; entries that lie ahead are given up. */
function withRemedy(recipe: Recipe, entry: Intervention): Recipe {
  const fork = recipe.timeline.findIndex(({ rewindTo }) => rewindTo !== undefined);
  const own = fork < 0 ? recipe.timeline : recipe.timeline.slice(0, fork);
  return { ...recipe, timeline: [...own.filter(({ at }) => at <= entry.at), entry] };
}

/** What the alert's card offers, then what the scenario names beside it. */
function offeredAt(
  alert: Finding | undefined,
  context: RemedyContext,
  named: readonly RemedyId[],
): readonly Remedy[] {
  const beside = remedies.filter(
    (remedy: Remedy) => named.some((id) => id === remedy.id) && remedy.offered(context),
  );
  return [...new Set([...(alert ? remediesFor(alert.detector, context) : []), ...beside])];
}

/** The checkpoint with the lowest validation loss among those of the steps before a press. */
function bestBefore(run: TrainedRun, at: number): number | undefined {
  const { checkpointEvery } = run.recipe;
  const steps = Array.from({ length: Math.floor(at / checkpointEvery) + 1 }, (_, k) => k * checkpointEvery);
  return bestCheckpoint(losses(run, at), steps);
}

/** Trains a fork for each remedy. Undefined where the run ends before one could be pressed, or nothing is wrong. */
export async function tryRemedies(
  first: TrainedRun,
  named: readonly RemedyId[],
  workshop: Workshop,
): Promise<Offer | undefined> {
  const { recipe, end } = first;
  const { alert, at, healthy } = momentOf(first);
  if (at >= end) return undefined;
  const context = { recipe, settings: settingsAt(settingsPeriods(recipe, 0), at - 1), finding: alert };
  const checkpoints = { healthy, best: bestBefore(first, at) };
  const tried: TriedRemedy[] = [];
  for (const remedy of offeredAt(alert, context, named)) {
    const rewindTo = rewindOf(remedy, checkpoints) ?? at;
    const entry: Intervention = { at, by: remedy.id, rewindTo, change: remedy.change(context) };
    workshop.progress(`remedy ${remedy.id}, from step ${rewindTo}`);
    const [, run] = await trainTimeline(withRemedy(recipe, entry), end, quietly(workshop));
    if (run) tried.push({ remedy, context, entry, run });
  }
  return tried.length === 0 ? undefined : { alert, at, tried };
}

/** The same recipe and seed with an empty timeline; the run itself where there was nothing on it. */
export async function trainTwin(first: TrainedRun, steps: number, workshop: Workshop): Promise<TrainedRun> {
  if (first.recipe.timeline.length === 0) return first;
  workshop.progress('the same run without its timeline');
  const [twin] = await trainTimeline({ ...first.recipe, timeline: [] }, steps, quietly(workshop));
  return twin;
}

function quietly(workshop: Workshop): Workshop {
  return { ...workshop, progress: () => undefined };
}

/** Of the evaluations below a step. */
function losses({ allRows }: TrainedRun, below = Infinity): EvaluationSeries {
  const { steps, values } = within(evaluated(allRows, 'validation_loss'), 0, below - 1);
  return { steps, losses: values };
}

/** Steps from `from` until a run stayed within 10 % of its twin's validation loss; undefined = not by its end. */
export function stepsToRecover(run: TrainedRun, twin: TrainedRun, from: number): number | undefined {
  const { at } = recovery(losses(run), losses(twin), from);
  return at === undefined ? undefined : at - from;
}
