// The confusion matrix as a picture: scenarios down, detectors across.
import { detectors } from '../../detectors/index.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { element, escaped, label } from '../../figures/svg.ts';
import type { Quality } from './report.ts';

const [cell, rowHeight, left, top] = [44, 19, 250, 150];
const font = "B612,ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,sans-serif";
const style = [
  `text{font:12px ${font};fill:#161a2b}`,
  '.head{font-size:17px;font-weight:700}',
  '.share{font-size:10.5px;text-anchor:middle}',
  '.on{fill:#fff;font-weight:700}',
  '.row{text-anchor:end}',
].join('');

const all: readonly Scenario[] = scenarios;

type Verdict = 'expected' | 'may' | 'wrong' | 'quiet';

const colours: Readonly<Record<Verdict, string>> = {
  expected: '#1f6f43',
  may: '#8a97b8',
  wrong: '#b3261e',
  quiet: '#eef0f5',
};

function verdictOf(scenario: Scenario, detector: string, share: number): Verdict {
  if ((scenario.expected as readonly string[]).includes(detector)) return share === 1 ? 'expected' : 'wrong';
  if (share === 0) return 'quiet';
  return (scenario.may as readonly string[] | undefined)?.includes(detector) ? 'may' : 'wrong';
}

function drawCell(scenario: Scenario, detector: string, share: number, x: number, y: number): string {
  const verdict = verdictOf(scenario, detector, share);
  const box = element('rect', {
    x: x + 1,
    y: y + 1,
    width: cell - 2,
    height: rowHeight - 2,
    rx: 2,
    fill: colours[verdict],
  });
  if (share === 0 && verdict === 'quiet') return box;
  const words = `${Math.round(100 * share)}`;
  return box + label(x + cell / 2, y + rowHeight - 5.5, words, { class: 'share on' });
}

/** One row per scenario, in the order of the menu; shares in percent of the runs. */
export function drawMatrix({ matrix }: Quality): string {
  const rows = all.filter(({ id }) => id in matrix);
  const width = left + detectors.length * cell + 90;
  const height = top + rows.length * rowHeight + 46;
  const heads = detectors.map(({ id }, column) => {
    const x = left + column * cell + cell / 2 + 4;
    return `<text transform="translate(${x} ${top - 8}) rotate(-45)">${escaped(id)}</text>`;
  });
  const lines = rows.map((scenario, row) => {
    const y = top + row * rowHeight;
    const cells = detectors.map(({ id }, column) =>
      drawCell(scenario, id, matrix[scenario.id]?.fired[id] ?? 0, left + column * cell, y),
    );
    return label(left - 10, y + rowHeight - 5.5, scenario.id, { class: 'row' }) + cells.join('');
  });
  const legend = (
    [
      ['expected', 'must fire, and did'],
      ['may', 'may follow'],
      ['quiet', 'silent'],
      ['wrong', 'wrong'],
    ] as const
  ).map(([verdict, words], index) => {
    const x = left + index * 140;
    const y = height - 28;
    const box = element('rect', { x, y, width: 14, height: 14, rx: 2, fill: colours[verdict] });
    return box + label(x + 20, y + 11.5, words);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="matrix-title">`,
    `<title id="matrix-title">Which detector fired in which scenario, in percent of the runs</title>`,
    `<style>${style}</style>`,
    element('rect', { x: 0, y: 0, width, height, fill: '#fff' }),
    label(24, 34, 'Which detector fires in which scenario (% of runs)', { class: 'head' }),
    ...heads,
    ...lines,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}
