// Says what was measured: tables for people, one object for machines.
import type { Goal } from './goals.ts';
import type { RemedyLine } from './remedyTally.ts';
import type { RunLine } from './runLine.ts';
import type { ScoreLine } from './score.ts';
import type { DetectorTally, Tally } from './tally.ts';

type Lines = Readonly<Record<string, ScoreLine>>;

function linesOf(tally: Tally): { detectors: Lines; rules: Lines } {
  const { detectors } = tally;
  return {
    detectors: Object.fromEntries(detectors.map(({ id, firing }) => [id, firing.line])),
    rules: Object.fromEntries(
      detectors.flatMap(({ rules }) => [...rules].map(([id, score]) => [id, score.line])),
    ),
  };
}

/** What `--json` prints; `runs` where they are from a file. */
export function jsonReport(tally: Tally) {
  return {
    ...linesOf(tally),
    matrix: tally.matrix.lines,
    remedies: tally.remedies.byRemedy,
    ineffective: Object.fromEntries(tally.detectors.map(({ id, ineffective }) => [id, ineffective])),
    ...(tally.runs.length > 0 ? { runs: tally.runs } : {}),
  };
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} % of ${whole}`;
}

function tableRow(id: string, line: ScoreLine) {
  return {
    id,
    'falsely alarmed': share(line.falselyAlarmed, line.healthyRuns),
    found: share(line.detected, line.effective),
    'median steps': line.latencyMedian ?? '–',
    '90 %': line.latencyP90 ?? '–',
  };
}

function detectorRows(tally: DetectorTally) {
  return {
    ...tableRow(tally.id, tally.firing.line),
    'falsely warned': share(tally.raised.falselyAlarmed, tally.raised.healthyRuns),
    ineffective: tally.ineffective,
    unclear: tally.unclear,
  };
}

function kindRows({ kinds }: DetectorTally) {
  return [...kinds.values()]
    .sort((a, b) => (a.label < b.label ? -1 : 1))
    .map(({ label, score, ineffective }) => ({ ...tableRow(label, score.line), ineffective }));
}

function runRow({ label, truth, firing, losses }: RunLine) {
  return {
    run: label,
    truth:
      Object.entries(truth)
        .map(([id, effect]) => `${id} ${effect}`)
        .join(', ') || 'healthy',
    fired:
      Object.entries(firing)
        .map(([id, steps]) => `${id}@${steps.join('+')}`)
        .join(', ') || 'nothing',
    'loss at the end': losses?.run?.toPrecision(3) ?? '–',
    "twin's": losses?.twin?.toPrecision(3) ?? '–',
  };
}

function remedyRows(lines: Readonly<Record<string, RemedyLine>>) {
  return Object.entries(lines).map(([id, line]) => ({
    id,
    recovered: share(line.recovered, line.runs),
    'by nothing': share(line.recoveredByNothing, line.runs),
    'by a random remedy': share(line.recoveredByRandom, line.runs),
  }));
}

function printTable(title: string, rows: readonly object[]): void {
  if (rows.length === 0) return;
  console.log(`\n${title}`);
  console.table(rows);
}

/** One line per figure. */
export function goalText({ name, measured, bound, limit, reached }: Goal): string {
  const written = Number.isNaN(measured) ? 'not measured' : String(Number(measured.toPrecision(3)));
  return `${reached ? 'reached' : 'MISSED '}  ${name}: ${written} (${bound} ${limit})`;
}

export function printReport(tally: Tally, goals: readonly Goal[]): void {
  printTable('Runs:', tally.runs.map(runRow));
  for (const detector of tally.detectors) printTable(`${detector.id}, by kind of run:`, kindRows(detector));
  printTable('Detectors:', tally.detectors.map(detectorRows));
  printTable(
    'Published rules, on the same runs:',
    tally.detectors.flatMap(({ id: pattern, rules }) =>
      [...rules].map(([id, score]) => ({ pattern, ...tableRow(id, score.line) })),
    ),
  );
  const matrix = Object.entries(tally.matrix.lines).map(([scenario, { expected, fired }]) => ({
    scenario,
    expected: expected.join(', ') || 'none',
    fired: Object.entries(fired)
      .map(([id, part]) => `${id} ${Math.round(100 * part)} %`)
      .join(', '),
  }));
  printTable('Scenarios:', matrix);
  printTable('Remedies, where doing nothing does not help:', remedyRows(tally.remedies.byRemedy));
  printTable('First remedies by detector:', remedyRows(tally.remedies.firstByDetector));
  const { unanswered } = tally.remedies;
  if (unanswered > 0)
    console.log(`${unanswered} broken runs more were not noticed: nobody pressed a remedy.`);
  console.log('');
  for (const goal of goals) console.log(goalText(goal));
}
