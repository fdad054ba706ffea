// Every file that a run can be taken home as, by name; `npm run reproduce` makes those of the figures folder without a page.
import { caption, markdown } from '../../figures/caption.ts';
import { cardWords, drawCard, type CardPicture } from '../../figures/card.ts';
import { rowsCsv } from '../../figures/csv.ts';
import { inDark } from '../../figures/dark.ts';
import { description, drawFigure } from '../../figures/figure.ts';
import { findingsOf } from '../../figures/findings.ts';
import { rowsJson } from '../../figures/rowsJson.ts';
import { recipeName } from './reproduceCommand.ts';
import type { Shot, ShotPicture } from './shot.ts';
import { shownLink } from './shownLink.ts';
import { surfaceStill } from './stills.ts';
import type { Look } from './themePalette.ts';
import { canvasPng, toPng } from './toPng.ts';

export function figureSvg({ scene }: Shot, look: Look): string {
  const svg = drawFigure(scene);
  return look === 'dark' ? inDark(svg) : svg;
}

export function figureAlt({ scene }: Shot): string {
  return description(scene);
}

export function figureCaption({ scene }: Shot): string {
  return caption(scene);
}

function cardPicture(
  { caption: words, picture }: ShotPicture,
  classes: number,
  look: Look,
): readonly CardPicture[] {
  if (picture.misread)
    return [{ kind: 'confusion', caption: words, counts: picture.misread.confusion, classes }];
  const still = surfaceStill(picture, classes, look);
  return still ? [{ kind: 'still', caption: words, href: still.toDataURL('image/png') }] : [];
}

function cardTitle({ scene: { title, context } }: Shot): string {
  return `${title}, seed ${context.recipe.seed}`;
}

export function cardAlt(shot: Shot): string {
  return cardWords({ ...shot, title: cardTitle(shot) });
}

export function cardSvg(shot: Shot, look: Look): string {
  const { sentence, outcome, scene, chart, link, finding, pictures, classes } = shot;
  const svg = drawCard({
    title: cardTitle(shot),
    sentence,
    outcome,
    severity: finding?.severity ?? 'clear',
    pictures: pictures.flatMap((picture) => cardPicture(picture, classes, look)),
    scene,
    chart,
    link,
    shownLink: shownLink(link),
  });
  return look === 'dark' ? inDark(svg) : svg;
}

/** Loaded when asked for: the telemetry's own library writes it. */
export async function trace({ runs, engine, adapter, batchesPerEpoch }: Shot): Promise<string> {
  const { traceJson } = await import('../../figures/trace.ts');
  return traceJson(runs, { engine, adapter, batchesPerEpoch });
}

export function csv({ runs }: Shot): string {
  return rowsCsv(runs);
}

export function json({ runs }: Shot): string {
  return rowsJson(runs);
}

export function docsPage(shot: Shot): string {
  return markdown(shot.scene, { figure: `${shot.stem}.svg`, link: shot.link });
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function stillFiles(shot: Shot, look: Look): Promise<readonly (readonly [string, Blob])[]> {
  const all = shot.pictures.map(async ({ name, picture }) => {
    const canvas = surfaceStill(picture, shot.classes, look);
    return canvas ? ([[`${shot.stem}-${name}-${look}.png`, await canvasPng(canvas)]] as const) : [];
  });
  return (await Promise.all(all)).flat();
}

/** The network as pictures, in both looks. */
export async function stills(shot: Shot): Promise<ReadonlyMap<string, Blob>> {
  return new Map([...(await stillFiles(shot, 'light')), ...(await stillFiles(shot, 'dark'))]);
}

/** Everything, by file name. */
export async function allFiles(shot: Shot): Promise<ReadonlyMap<string, Blob | string>> {
  const { stem, scene, runs, link } = shot;
  const [figure, card] = [figureSvg(shot, 'light'), cardSvg(shot, 'light')];
  return new Map<string, Blob | string>([
    [recipeName, pretty(scene.context.recipe)],
    ['link.txt', link],
    ['rows.csv', csv(shot)],
    ['rows.json', json(shot)],
    ['findings.json', pretty(findingsOf(runs))],
    ['trace.json', await trace(shot)],
    ['report.md', docsPage(shot)],
    ['alt.txt', `${figureAlt(shot)}\n`],
    [`${stem}.svg`, figure],
    [`${stem}-dark.svg`, inDark(figure)],
    [`${stem}.png`, await toPng(figure)],
    [`${stem}-dark.png`, await toPng(inDark(figure))],
    [`${stem}-crash-report.svg`, card],
    [`${stem}-crash-report.png`, await toPng(card)],
    ...(await stills(shot)),
  ]);
}
