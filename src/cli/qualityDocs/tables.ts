// The measured tables as Markdown.
import { detectors } from '../../detectors/index.ts';
import { publishedRules } from '../../detectors/published/index.ts';
import type { PublishedRule } from '../../detectors/published/rule.ts';
import type { Quality, QualityLine } from './report.ts';

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} % of ${whole}`;
}

function cells(line: QualityLine): readonly string[] {
  return [
    share(line.falselyAlarmed, line.healthyRuns),
    share(line.detected, line.effective),
    String(line.latencyMedian ?? '–'),
    String(line.latencyP90 ?? '–'),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const figures = ['healthy runs alarmed', 'faults found', 'median steps', '90 % within'];

export function detectorTable({ detectors: lines, ineffective }: Quality): string {
  const rows = detectors.flatMap(({ id }) => {
    const line = lines[id];
    return line ? [[`\`${id}\``, ...cells(line), String(ineffective[id] ?? 0)]] : [];
  });
  return table(['detector', ...figures, 'faults without effect'], rows);
}

export function ruleTable({ rules: lines }: Quality): string {
  const all: readonly PublishedRule[] = publishedRules;
  const rows = all.flatMap(({ id, title, pattern }) => {
    const line = lines[id];
    return line ? [[`\`${pattern}\``, title, ...cells(line)]] : [];
  });
  return table(['beside', 'rule', ...figures], rows);
}

export function remedyTable({ remedies }: Quality): string {
  const rows = Object.entries(remedies).map(([id, line]) => [
    `\`${id}\``,
    share(line.recovered, line.runs),
    share(line.recoveredByNothing, line.runs),
    share(line.recoveredByRandom, line.runs),
  ]);
  return table(['remedy', 'recovered', 'by doing nothing', 'by a random remedy'], rows);
}
