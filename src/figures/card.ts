// The crash report: a card of 1200 × 630 with what broke, the signal that caught it, one sentence, and the link that replays it.
import { drawnCode, placedCode, type PlacedCode } from './cardCode.ts';
import { cardSize, edge, foot } from './cardFrame.ts';
import { drawnLink, drawnOutcome, drawnSentence, drawnTitle, longLink } from './cardText.ts';
import { chartOf, type ChartId } from './charts.ts';
import { figureStyle, marksOn } from './figure.ts';
import { ink, type Frame } from './frame.ts';
import { drawPlot } from './panel.ts';
import { lastStep, linesOf, type Scene } from './scene.ts';
import { element, escaped, label, line } from './svg.ts';

/** What the network does, before or after: a still of its surface, or for images the counts of its confusion matrix. */
export type CardPicture = { readonly caption: string } & (
  | { readonly kind: 'still'; readonly href: string }
  | { readonly kind: 'confusion'; readonly counts: ArrayLike<number>; readonly classes: number }
);

export interface Card {
  /** Which run: “Loss spike, seed 7”. */
  readonly title: string;
  readonly sentence: string;
  /** What came of it: “Repaired: learning rate ÷ 10, from step 384.” */
  readonly outcome: string;
  readonly severity: 'warning' | 'firing' | 'clear';
  /** Two at most. */
  readonly pictures: readonly CardPicture[];
  readonly scene: Scene;
  /** The chart of the signal that caught it. */
  readonly chart: ChartId;
  /** That replays the run, and as it is read. */
  readonly link: string;
  readonly shownLink: string;
}

const side = 222;
const top = 214;
const gap = 20;
/** The plot is drawn as in a figure, and enlarged. */
const zoom = 1.5;
/** Chart and pictures end here, their captions included. */
const chartBottom = top + side + 38;
/** Narrower, a chart shows no course. */
const leastChart = 340;
const style = [
  figureStyle,
  '.name{font-size:22px;font-weight:700}',
  '.what{font-size:20px}',
  '.sentence{font-weight:700}',
  '.caption{font-size:19px}',
  '.chart{font-size:20px;font-weight:700}',
  '.link{font-size:18px;fill:#545a6e}',
].join('');

/** A position-light signal: three lights upright, slanting or level. */
function lamp(severity: Card['severity'], x: number, y: number): string {
  const way = { clear: [0, 1], warning: [0.7, -0.7], firing: [1, 0] }[severity];
  const [dx = 0, dy = 0] = way.map((part) => part * 11);
  const fill = severity === 'clear' ? ink.text : ink[severity];
  const lights = [-1, 0, 1].map((place) =>
    element('circle', { cx: x + place * dx, cy: y + place * dy, r: 4.6, fill }),
  );
  return element('circle', { cx: x, cy: y, r: 20, fill: 'none', stroke: ink.muted }) + lights.join('');
}

function confusion(counts: ArrayLike<number>, classes: number, x: number): string {
  const most = Math.max(1, ...Array.from(counts));
  const cell = side / classes;
  return Array.from(counts, (count, index) =>
    element('rect', {
      x: x + (index % classes) * cell,
      y: top + Math.floor(index / classes) * cell,
      width: cell - 1,
      height: cell - 1,
      fill: ink.text,
      // Square root: single mistakes stay visible beside a thousand right answers.
      style: `fill-opacity:${(0.06 + 0.94 * Math.sqrt(count / most)).toFixed(2)}`,
    }),
  ).join('');
}

function drawnPicture(picture: CardPicture, index: number): string {
  const x = edge + index * (side + gap);
  const inside =
    picture.kind === 'confusion'
      ? confusion(picture.counts, picture.classes, x)
      : element('image', { href: picture.href, x, y: top, width: side, height: side });
  const frame = element('rect', { x, y: top, width: side, height: side, class: 'plot' });
  return inside + frame + label(x, top + side + 28, picture.caption, { class: 'caption' });
}

/** Pixels from the left at which the chart begins. */
function chartLeft(pictures: number): number {
  return edge + pictures * (side + gap);
}

/** Up into the chart's column, as far as a chart is left. */
function roomForCode(pictures: number): number {
  const beside = cardSize.width - edge - chartLeft(pictures) - gap - leastChart;
  return Math.min(beside, cardSize.height - foot - top);
}

/** A code that is higher than the foot of the card stands beside the chart. */
function chartRight(placed: PlacedCode | undefined): number {
  const isBeside = placed !== undefined && cardSize.height - foot - placed.side < chartBottom;
  return cardSize.width - edge - (isBeside ? placed.side + gap : 0);
}

function drawnChart({ scene, chart: id, pictures }: Card, right: number): string {
  const chart = chartOf(id, scene.context);
  const lines = linesOf(chart, scene);
  const left = chartLeft(pictures.length);
  const frame: Frame = {
    left: 64,
    right: (right - left) / zoom,
    from: 0,
    to: lastStep(scene),
  };
  const panel = { chart, lines, marks: marksOn(id, scene), box: { top: 0, height: (side - 34) / zoom } };
  const plot = element(
    'g',
    { transform: `translate(${left} ${top + 34}) scale(${zoom})` },
    ...drawPlot(panel, frame),
  );
  return [
    label(left + frame.left * zoom, top + 18, chart.title, { class: 'chart' }),
    plot,
    label(left + frame.left * zoom, top + side + 28, 'step 0', { class: 'caption muted' }),
    label(right, top + side + 28, `step ${frame.to.toLocaleString('en-US')}`, {
      class: 'caption muted',
      'text-anchor': 'end',
    }),
  ].join('');
}

/** What a reader who does not see the card is told. */
export function cardWords({
  title,
  sentence,
  outcome,
}: Pick<Card, 'title' | 'sentence' | 'outcome'>): string {
  return `Crash report, ${title}. ${sentence} ${outcome}`.trim();
}

export function drawCard(card: Card): string {
  const { width, height } = cardSize;
  const placed = placedCode(card.link, roomForCode(card.pictures.length));
  const footRoom = width - 2 * edge - (placed ? placed.side + 40 : 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    element(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
      element('title', {}, escaped(cardWords(card))),
      element('style', {}, style),
      element('rect', { width, height, fill: ink.paper }),
      lamp(card.severity, edge + 20, 54),
      drawnTitle(card.title),
      line([edge, 92], [width - edge, 92], { stroke: ink.line }),
      drawnSentence(card.sentence),
      ...card.pictures.map(drawnPicture),
      drawnChart(card, chartRight(placed)),
      drawnOutcome(card.outcome, footRoom),
      drawnLink(placed ? card.shownLink : longLink, footRoom),
      placed ? drawnCode(placed, width - edge, height - foot) : '',
    ),
    '\n',
  ].join('');
}
