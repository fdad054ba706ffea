// The figure of a story: its charts under one time axis, with limits, findings, and what was done when.
import { stepTicks } from './axis.ts';
import { chartOf, chosenCharts, isShared, markedChart, type ChartId } from './charts.ts';
import { deedsOf } from './deeds.ts';
import { toldIn } from './findings.ts';
import { ink, margin, plotLeft, width, xOf, type Frame } from './frame.ts';
import { drawPanel, panelHeight, type Mark, type Panel } from './panel.ts';
import { lastStep, linesOf, type DrawnLine, type Scene } from './scene.ts';
import { element, escaped, label, line, wrapped } from './svg.ts';
import { drawDeeds, drawFindings } from './track.ts';
import { changeWords, layerOf, severityWords } from './words.ts';
import { detectorOf, type DetectorId } from '../detectors/index.ts';

/** Of all text and lines of a figure. */
export const figureStyle = [
  "text{font:12px B612,ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#161a2b}",
  '.head{font-size:18px;font-weight:700}',
  '.title,.strong{font-weight:700}',
  '.muted,.tick{fill:#545a6e}',
  '.tick{font-size:11px;text-anchor:end}',
  '.step{font-size:11px;fill:#545a6e;text-anchor:middle}',
  '.bar{font-size:10.5px;font-weight:700}',
  '.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}',
  '.plot{fill:none;stroke:#767d94}',
  '.line{fill:none;stroke-linejoin:round;stroke-linecap:round}',
  '.lasting{fill:#161a2b;fill-opacity:.06}',
].join('');

const panelGap = 22;

/** The detector that misses a signal most. */
const blinded: ReadonlyMap<string, DetectorId> = new Map([
  ['gradient_norm', 'loss-spike'],
  ['validation_loss', 'overfit'],
  ['dead_neuron_ratio', 'dead-neurons'],
  ['gradient_norm_ratio', 'vanishing-gradient'],
  ['saturation_ratio', 'saturation'],
  ['input_kl_divergence', 'input-shift'],
]);

function isDetector(id: string, among: readonly DetectorId[]): id is DetectorId {
  return among.some((known) => known === id);
}

/** Every finding, on the chart that shows its pattern. */
export function marksOn(chart: ChartId, scene: Scene): readonly Mark[] {
  return scene.runs.flatMap((run) =>
    toldIn(run)
      .filter(({ inherited }) => !inherited)
      .map(({ finding }) => finding)
      .filter(({ detector }) => isDetector(detector, scene.detectors) && markedChart(detector) === chart)
      .map((finding) => ({
        step: finding.at,
        generation: run.generation,
        signal: finding.evidence[0].signal,
        layer: layerOf(finding) ?? 0,
        severity: finding.severity,
        words: isShared(chart)
          ? `${detectorOf(finding.detector).title} ${severityWords(finding)}`
          : severityWords(finding),
      })),
  );
}

/** The detectors, and those whose chart shows what stays unseen: a drift where none speaks, and signals that are not emitted. */
function shownDetectors({ detectors, runs: [{ recipe }] }: Scene): readonly DetectorId[] {
  const changes = recipe.timeline.map(({ change }) => change);
  const drifts = changes.some(({ kind }) => kind === 'drift');
  const unemitted = [
    ...recipe.unemitted,
    ...changes.flatMap((change) => (change.kind === 'set' ? (change.settings.unemitted ?? []) : [])),
  ];
  const unseen = unemitted.flatMap((signal) => blinded.get(signal) ?? []);
  return [...new Set([...detectors, ...unseen, ...(drifts ? (['input-shift'] as const) : [])])];
}

function frameOf(scene: Scene): Frame {
  return { left: plotLeft, right: width - margin, from: 0, to: lastStep(scene) };
}

/** One value throughout: nothing to see. */
function isConstant(lines: readonly DrawnLine[]): boolean {
  return new Set(lines.flatMap(({ series }) => series.values)).size <= 1;
}

function panelsOf(scene: Scene, top: number): readonly Panel[] {
  const charts = chosenCharts(shownDetectors(scene));
  let next = top;
  return charts.flatMap((id) => {
    const chart = chartOf(id, scene.context);
    const lines = linesOf(chart, scene);
    if (lines.length === 0 || (id === 'rate' && isConstant(lines))) return [];
    const box = { top: next, height: panelHeight(lines) };
    next += box.height + panelGap;
    return [{ chart, lines, marks: marksOn(id, scene), box }];
  });
}

function stepAxis(bottom: number, frame: Frame): string {
  const ticks = stepTicks(frame.from, frame.to, 8).map((step) => {
    const x = xOf(step, frame);
    return (
      line([x, bottom], [x, bottom + 4], { stroke: ink.muted }) +
      label(x, bottom + 17, step.toLocaleString('en-US'), { class: 'step' })
    );
  });
  return ticks.join('') + label(margin, bottom + 17, 'Step', { class: 'title' });
}

/** What a reader who does not see the figure is told: its alternative text. */
export function description(scene: Scene): string {
  const deeds = deedsOf(scene.runs).map(({ entry }) => `step ${entry.at}: ${changeWords(entry.change)}`);
  const findings = scene.runs.flatMap((run) =>
    toldIn(run)
      .filter(({ inherited }) => !inherited)
      .map(({ finding, resolved }) => {
        const layer = layerOf(finding);
        const where = layer === undefined ? '' : `, layer ${layer},`;
        const whose = scene.runs.length > 1 ? ` in run ${run.name}` : '';
        const over = resolved === undefined ? '' : `, over at ${resolved}`;
        return `${detectorOf(finding.detector).title}${where} ${severityWords(finding)}${over}${whose}`;
      }),
  );
  return [
    `Charts over ${lastStep(scene)} training steps.`,
    deeds.length > 0 ? `Done: ${deeds.join('; ')}.` : 'Nothing was done to this run.',
    findings.length > 0 ? `Findings: ${findings.join('; ')}.` : 'No detector said anything.',
  ].join(' ');
}

/** The whole figure, as a file of its own. */
export function drawFigure(scene: Scene): string {
  const frame = frameOf(scene);
  const story = scene.story === '' ? [] : wrapped(scene.story, width - 2 * margin);
  const head = [
    label(margin, 34, scene.title, { class: 'head' }),
    ...story.map((text, index) => label(margin, 56 + index * 17, text, { class: 'muted' })),
  ];
  const deeds = deedsOf(scene.runs);
  const top = 56 + story.length * 17 + 8;
  // The strips' heights do not depend on where they end.
  const deedsHeight = drawDeeds(deeds, top, top, frame).height;
  const findings = drawFindings(scene.runs, top + deedsHeight, frame);
  const panels = panelsOf(scene, top + deedsHeight + findings.height + 8);
  const last = panels.at(-1)?.box ?? { top, height: 0 };
  const bottom = last.top + last.height;
  const height = bottom + 30;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    element(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: `0 0 ${width} ${Math.ceil(height)}`,
        width,
        height: Math.ceil(height),
        role: 'img',
        'aria-labelledby': 'title desc',
      },
      element('title', { id: 'title' }, escaped(scene.title)),
      element('desc', { id: 'desc' }, escaped(description(scene))),
      element('style', {}, figureStyle),
      element('rect', { width, height: Math.ceil(height), fill: ink.paper }),
      ...head,
      drawDeeds(deeds, top, bottom, frame).markup,
      findings.markup,
      ...panels.map((panel) => drawPanel(panel, frame)),
      stepAxis(bottom, frame),
    ),
    '\n',
  ].join('');
}
