// Parts of a report in Markdown: what was done to the runs, what the detectors said, and why that happens.
import { detectorOf } from '../detectors/index.ts';
import { faultOf } from '../faults/index.ts';
import { deedsOf } from './deeds.ts';
import { toldIn, type FindingJson } from './findings.ts';
import type { RecordedRun } from './recordedRun.ts';
import { table } from './table.ts';
import { entryWords, layerOf } from './words.ts';

export function doneSection(runs: readonly RecordedRun[]): string {
  const deeds = deedsOf(runs);
  if (deeds.length === 0) return 'Nothing is done to this run: its timeline is empty.';
  const rows = deeds.map(({ entry }) => {
    const told = faultOf(entry.by)?.told(entry.change);
    return [
      String(entry.at),
      told === undefined ? entryWords(entry) : `${entryWords(entry)} (“${told}”)`,
      `\`${entry.by}\``,
    ];
  });
  return table(['step', 'what', 'by'], rows);
}

export function findingsSection(runs: readonly RecordedRun[]): string {
  const rows = runs.flatMap((run) =>
    toldIn(run).map(({ finding, resolved, inherited }) => {
      const layer = layerOf(finding);
      return [
        String(finding.at),
        ...(runs.length > 1 ? [run.name] : []),
        `${detectorOf(finding.detector).title}${layer === undefined ? '' : `, layer ${layer}`}`,
        inherited ? `${finding.severity}, taken over` : finding.severity,
        detectorOf(finding.detector).observation(finding),
        resolved === undefined ? 'no' : `at ${resolved}`,
      ];
    }),
  );
  if (rows.length === 0) return 'No detector said anything.';
  const run = runs.length > 1 ? ['run'] : [];
  return table(['step', ...run, 'detector', 'severity', 'what was seen', 'over'], rows);
}

/** A paragraph for each cause, once. */
export function causesSection(findings: readonly FindingJson[]): string {
  const told = new Map(findings.map(({ title, cause }) => [`${title} ${cause}`, `**${title}.** ${cause}`]));
  return [...told.values()].join('\n\n');
}
