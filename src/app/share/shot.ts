// What is shared of the runs: a shot of them as they are now, from which every figure and file is made.
import { percent } from '../../core/wording.ts';
import { detectorOf, detectors, isAlert, type DetectorId } from '../../detectors/index.ts';
import type { Finding } from '../../detectors/detector.ts';
import { markedChart, type ChartId } from '../../figures/charts.ts';
import { fileStem } from '../../figures/caption.ts';
import type { RecordedRun } from '../../figures/recordedRun.ts';
import { usualSteps } from '../../figures/usualSteps.ts';
import { lastStep, type Scene } from '../../figures/scene.ts';
import type { Picture } from '../../worker/protocol.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Run } from '../state/run.svelte.ts';
import { recordedRuns, recordedTwin } from './recordedRuns.ts';

/** The network at one step. */
export interface ShotPicture {
  /** File name and caption: `broken`, “broken, step 412”. */
  readonly name: string;
  readonly caption: string;
  readonly picture: Picture;
}

export interface Shot {
  /** For figures: as far as the story goes. */
  readonly scene: Scene;
  /** For data: all rows. */
  readonly runs: readonly [RecordedRun, ...RecordedRun[]];
  readonly classes: number;
  /** Replays the run, from anywhere. */
  readonly link: string;
  /** What its files begin with. */
  readonly stem: string;
  readonly engine: string;
  readonly adapter: string;
  readonly batchesPerEpoch: number;
  /** What the story is about; absent where nothing fired. */
  readonly finding: Finding | undefined;
  /** The chart of the signal that caught it. */
  readonly chart: ChartId;
  readonly sentence: string;
  readonly outcome: string;
  /** Before and after, as far as they were drawn. */
  readonly pictures: readonly ShotPicture[];
}

function told(playground: Playground): readonly DetectorId[] {
  const runs = [playground.looked, playground.before].filter((run) => run !== undefined);
  const spoke = runs.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'raised' ? [event.finding.detector] : [])),
  );
  const expected: readonly DetectorId[] = playground.staged.length > 0 ? playground.scenario.expected : [];
  return [...new Set([...expected, ...detectors.map(({ id }) => id).filter((id) => spoke.includes(id))])];
}

/** As far as a script would go: at full pace a run has long gone on, and what happened would be a line at the edge. */
function storyEnd({ looked, readings }: Playground): number {
  const now = looked.lastStep + 1;
  const { recipe, happened } = looked;
  if (happened.length === 0) return now;
  return Math.min(
    now,
    Math.max(usualSteps({ ...recipe, timeline: [...happened] }), (readings.finding?.at ?? 0) + 400),
  );
}

function sceneOf(playground: Playground): Scene {
  const { looked, before, twin, scenario, staged, lesson, readings } = playground;
  const runs = recordedRuns(looked, before, storyEnd(playground));
  const title = lesson?.lesson.title ?? scenario.title;
  const story = staged.length > 0 && !lesson ? scenario.story : '';
  const scene = {
    title,
    story,
    runs,
    twin: undefined,
    detectors: told(playground),
    context: readings.chartContext,
  };
  return { ...scene, twin: recordedTwin(twin, lastStep(scene)) };
}

/** The finding that the card or the charts are about; else the first alert of the runs at hand. */
function mainFinding({ readings, looked, before }: Playground): Finding | undefined {
  const raised = [before, looked].flatMap((run) => run?.alerts ?? []);
  return readings.finding ?? raised.find(({ finding }) => isAlert(finding))?.finding;
}

function sentence(finding: Finding | undefined, { readings }: Playground): string {
  if (!finding) return readings.line.happened;
  const detector = detectorOf(finding.detector);
  return `${detector.title} at step ${finding.at.toLocaleString('en-US')}. ${detector.observation(finding)}`;
}

function outcome({ readings, looked }: Playground): string {
  const { receipt, remedy, accuracy } = readings;
  const right =
    accuracy.now === undefined ? '' : ` ${percent(accuracy.now)} ${accuracy.right} on validation.`;
  if (looked.chapter !== 'repaired' || !remedy) return `${detectedBy(readings.finding)}${right}`.trim();
  if (receipt?.regained === undefined) return `Remedy: ${remedy}.${right}`;
  return `Repaired: ${remedy}, ${receipt.lost.steps.toLocaleString('en-US')} steps lost.${right}`;
}

function detectedBy(finding: Finding | undefined): string {
  return finding ? `Caught by ${finding.evidence[0].signal}.` : 'No detector has said anything.';
}

function pictured(name: string, words: string, picture: Picture | null): readonly ShotPicture[] {
  if (!picture) return [];
  return [{ name, caption: `${words}, step ${picture.step.toLocaleString('en-US')}`, picture }];
}

function picturesOf({ looked, before }: Playground): readonly ShotPicture[] {
  const isRepair = looked.chapter === 'repaired' || looked.chapter === 'replayed';
  if (isRepair && before)
    return [
      ...pictured('broken', 'broken', before.picture),
      ...pictured('repaired', 'repaired', looked.picture),
    ];
  if (looked.chapter !== 'broken') return pictured('network', 'network', looked.picture);
  return [
    ...pictured('before', 'before', looked.soundPicture),
    ...pictured('broken', 'broken', looked.picture),
  ];
}

function batchesPerEpoch({ recipe: { keep, train, batch } }: Run): number {
  return Math.max(1, Math.floor((keep > 0 ? Math.min(keep, train) : train) / batch));
}

/** @throws Error while the run has no rows yet */
export function takeShot(playground: Playground): Shot {
  const { looked, scenario } = playground;
  const link = new URL(playground.link, location.href).href;
  const finding = mainFinding(playground);
  const detector = detectors.find(({ id }) => id === finding?.detector)?.id;
  return {
    scene: sceneOf(playground),
    runs: recordedRuns(looked, playground.before),
    classes: looked.ready?.classes ?? looked.recipe.classes,
    link,
    stem: fileStem(playground.lesson?.lesson.id ?? scenario.id, looked.recipe.seed),
    engine: looked.ready?.engine ?? playground.engine,
    adapter: looked.ready?.description ?? '',
    batchesPerEpoch: batchesPerEpoch(looked),
    finding,
    chart: (detector && markedChart(detector)) ?? 'loss',
    sentence: sentence(finding, playground),
    outcome: outcome(playground),
    pictures: picturesOf(playground),
  };
}
