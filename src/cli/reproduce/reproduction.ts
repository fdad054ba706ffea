// From an order to finished files: trains the timeline, its twin and what the first alert offers, then writes everything down.
import type { Recipe } from '../../core/recipe.ts';
import { batchPlan } from '../../data/batches.ts';
import { divergenceInputs } from '../../data/inputShift.ts';
import { detectors, type DetectorId } from '../../detectors/index.ts';
import { writeLink } from '../../scenarios/writeLink.ts';
import { rowsCsv } from '../../figures/csv.ts';
import { drawFigure } from '../../figures/figure.ts';
import { findingsOf, type FindingJson } from '../../figures/findings.ts';
import type { Order } from './order.ts';
import { writeReport } from './report.ts';
import { rulesOn, type RuleAlarms } from './rules.ts';
import { traceJson } from '../../figures/trace.ts';
import { trainTimeline, type TrainedRun, type Workshop } from './train.ts';
import { trainTwin, tryRemedies, type Offer } from './whatIf.ts';

/** Everything that was trained. */
export interface Reproduction {
  readonly order: Order;
  readonly engine: string;
  readonly runs: readonly [TrainedRun, ...TrainedRun[]];
  readonly twin: TrainedRun;
  readonly offer: Offer | undefined;
  readonly findings: readonly FindingJson[];
  readonly title: string;
  readonly rules: readonly RuleAlarms[];
  /** Detectors that the story is about: those that must speak, and those that did. */
  readonly detectors: readonly DetectorId[];
}

/** Those that must speak first, then the others in the order in which they spoke. */
function storyDetectors({ scenario }: Order, findings: readonly FindingJson[]): readonly DetectorId[] {
  const expected: readonly DetectorId[] = scenario?.expected ?? [];
  const told = findings.flatMap(({ detector }) => detectors.find(({ id }) => id === detector)?.id ?? []);
  return [...new Set([...expected, ...told])];
}

export async function train(order: Order, workshop: Workshop): Promise<Reproduction> {
  const { recipe, steps } = order;
  const runs = await trainTimeline(recipe, steps, workshop);
  const twin = await trainTwin(runs[0], steps, workshop);
  const offer = await tryRemedies(runs[0], order.scenario?.remedies ?? [], workshop);
  const findings = findingsOf(runs);
  const told = storyDetectors(order, findings);
  return {
    order,
    engine: workshop.engine.id,
    title: order.scenario?.title ?? `A run on ${recipe.data}`,
    runs,
    twin,
    offer,
    findings,
    detectors: told,
    rules: rulesOn(runs[0], told, divergenceInputs(workshop.dataset)),
  };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The findings and what they were found in. */
export function findingsJson({ order, engine, runs, findings }: Reproduction): string {
  const { scenario, recipe, steps } = order;
  return pretty({
    scenario: scenario?.id ?? null,
    seed: recipe.seed,
    link: writeLink(recipe),
    engine,
    steps,
    expected: scenario?.expected ?? [],
    runs: runs.map(({ generation, begin, end }) => ({ generation, begin, end })),
    findings,
  });
}

function figureOf({ order, title, runs, twin, detectors: told }: Reproduction, inputs: number): string {
  return drawFigure({
    title,
    story: order.scenario?.story ?? '',
    runs,
    twin: twin === runs[0] ? undefined : twin,
    detectors: told,
    context: { recipe: order.recipe, inputs },
  });
}

function batchesPerEpoch(recipe: Recipe, { dataset }: Workshop): number {
  // Counted by the recipe's own data: a starved run has an epoch at every step.
  return batchPlan(recipe, recipe, dataset).batchesPerEpoch;
}

/** Every file by its name. */
export function filesOf(reproduction: Reproduction, workshop: Workshop): ReadonlyMap<string, string> {
  const { order, engine, runs } = reproduction;
  const trace = traceJson(runs, {
    engine,
    adapter: workshop.engine.description,
    batchesPerEpoch: batchesPerEpoch(order.recipe, workshop),
  });
  return new Map([
    ['recipe.json', pretty(order.recipe)],
    ['link.txt', `?${writeLink(order.recipe)}`],
    ['rows.csv', rowsCsv(runs)],
    ['findings.json', findingsJson(reproduction)],
    ['figure.svg', figureOf(reproduction, divergenceInputs(workshop.dataset))],
    ['trace.json', trace],
    ['report.md', writeReport(reproduction)],
  ]);
}
