// The report's part on remedies: those on the timeline, and those that the first alert offers, each pressed and trained to the same step.
import { counted, decimal, percent } from '../../core/wording.ts';
import { detectorOf } from '../../detectors/index.ts';
import { toldIn } from '../../figures/findings.ts';
import type { Reproduction } from './reproduction.ts';
import { table } from '../../figures/table.ts';
import type { TrainedRun } from './train.ts';
import { stepsToRecover, type Offer, type TriedRemedy } from './whatIf.ts';
import { entryWords, severityWords } from '../../figures/words.ts';

/** What is still raised when a run ends. */
function raisedAtEnd(run: TrainedRun): string {
  const open = toldIn(run).filter(({ resolved }) => resolved === undefined);
  const titles = new Set(open.map(({ finding }) => detectorOf(finding.detector).title));
  return [...titles].join(', ') || 'nothing';
}

/** @param from step that its recovery is counted from */
function figures(run: TrainedRun, twin: TrainedRun, from = run.begin): string[] {
  const recovered = stepsToRecover(run, twin, from);
  const { validation, production } = run.outcome;
  return [
    decimal(validation.loss),
    percent(validation.accuracy),
    percent(production),
    recovered === undefined ? 'no' : `after ${counted(recovered, 'step')}`,
    raisedAtEnd(run),
  ];
}

const figuresHeader = ['validation loss', 'right', 'right in production', 'recovered', 'still raised'];

function triedRow({ remedy, entry, run }: TriedRemedy, twin: TrainedRun): string[] {
  const words = entryWords(entry);
  return [`\`${remedy.id}\`: ${words}`, ...figures(run, twin)];
}

function explained({ remedy, context }: TriedRemedy): string {
  return `- \`${remedy.id}\`: ${remedy.why} ${remedy.limits(context)}`;
}

/** Runs that the timeline opens, beside the one that was left alone. */
function onTimeline({ runs, twin }: Reproduction): readonly string[][] {
  if (runs.length < 2) return [];
  return runs.slice(1).map((run) => {
    const entry = run.recipe.timeline.filter(({ rewindTo }) => rewindTo !== undefined)[run.generation - 1];
    const words = entry ? entryWords(entry) : '';
    return [`on the timeline, run ${run.name}: ${words}`, ...figures(run, twin)];
  });
}

function pressed({ alert, at }: Offer): string {
  if (!alert)
    return `No alert offers a remedy. These are pressed at step ${at}, when everything has been done`;
  const title = detectorOf(alert.detector).title;
  return `Each remedy that the first alert offers (${title}, ${severityWords(alert)}) is pressed in the step after it`;
}

export function remedySection(reproduction: Reproduction): string {
  const { offer, twin, runs, order } = reproduction;
  const rows = [...onTimeline(reproduction), ...(offer?.tried ?? []).map((tried) => triedRow(tried, twin))];
  if (rows.length === 0) return '';
  const [first] = runs;
  return [
    '## What helps',
    (offer ? `${pressed(offer)}, and trained to step ${order.steps}. ` : '') +
      'Recovered: from so many steps after the start of its run (left alone: after the first thing done), and to the end, validation loss is within 10 % of the run without the timeline.',
    table(
      ['remedy', ...figuresHeader],
      [['none: left alone', ...figures(first, twin, first.recipe.timeline[0]?.at)], ...rows],
    ),
    ...(offer ? [offer.tried.map(explained).join('\n')] : []),
  ].join('\n\n');
}
