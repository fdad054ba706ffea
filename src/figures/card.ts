// The crash report: a card of 1200 × 630 with what broke, the signal that caught it, one sentence, and the link that replays it.
import { chartOf, type ChartId } from './charts.ts';
import { figureStyle, marksOn } from './figure.ts';
import { ink, type Frame } from './frame.ts';
import { drawPlot } from './panel.ts';
import { qrCode } from './qr.ts';
import { lastStep, linesOf, type Scene } from './scene.ts';
import { element, escaped, label, line, wrapped } from './svg.ts';

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

export const cardSize = { width: 1200, height: 630 } as const;

const edge = 48;
const side = 222;
const top = 214;
const gap = 20;
/** The plot is drawn as in a figure, and enlarged. */
const zoom = 1.5;
const qrSide = 126;
const foot = 20;
const sentenceSize = 34;
/** Bold letters are wider than the mean that text is measured by. */
const boldness = 1.18;

const style = [
  figureStyle,
  '.name{font-size:22px;font-weight:700}',
  '.what{font-size:20px}',
  `.sentence{font-size:${sentenceSize}px;font-weight:700}`,
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

function drawnChart({ scene, chart: id, pictures }: Card): string {
  const chart = chartOf(id, scene.context);
  const lines = linesOf(chart, scene);
  const left = edge + pictures.length * (side + gap);
  const frame: Frame = {
    left: 64,
    right: (cardSize.width - edge - left) / zoom,
    from: 0,
    to: lastStep(scene),
  };
  const panel = { chart, lines, marks: marksOn(id, scene), box: { top: 0, height: (side - 34) / zoom } };
  const plot = element(
    'g',
    { transform: `translate(${left} ${top + 34}) scale(${zoom})` },
    ...drawPlot(panel, frame),
  );
  const right = cardSize.width - edge;
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

/** Dark squares on white in every look: a reader of codes needs the contrast. */
function drawnCode(link: string): string {
  const code = qrCode(link);
  if (!code) return '';
  const [x, y] = [cardSize.width - edge - qrSide, cardSize.height - foot - qrSide];
  return element(
    'g',
    { transform: `translate(${x} ${y}) scale(${(qrSide / code.size).toFixed(4)})` },
    element('rect', { width: code.size, height: code.size, fill: 'white' }),
    element('path', { d: code.path, fill: 'black' }),
  );
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
  const sentence = wrapped(card.sentence, width - 2 * edge, boldness * sentenceSize).slice(0, 2);
  const footRoom = width - 2 * edge - qrSide - 40;
  const outcome = wrapped(card.outcome, footRoom, 20).slice(0, 2);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    element(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
      element('title', {}, escaped(cardWords(card))),
      element('style', {}, style),
      element('rect', { width, height, fill: ink.paper }),
      lamp(card.severity, edge + 20, 54),
      element(
        'text',
        { x: edge + 56, y: 61 },
        element('tspan', { class: 'name' }, 'Trainwreck'),
        element('tspan', { class: 'what muted', dx: 14 }, escaped(`crash report · ${card.title}`)),
      ),
      line([edge, 92], [width - edge, 92], { stroke: ink.line }),
      ...sentence.map((text, index) => label(edge, 142 + index * 46, text, { class: 'sentence' })),
      ...card.pictures.map(drawnPicture),
      drawnChart(card),
      ...outcome.map((text, index) =>
        label(edge, height - foot - qrSide + 42 + index * 27, text, { class: 'what' }),
      ),
      label(edge, height - 34, card.shownLink, { class: 'link' }),
      drawnCode(card.link),
    ),
    '\n',
  ].join('');
}
