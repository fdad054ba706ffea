// All small charts of the wall on one canvas.
import type { Palette } from './palette.ts';
import { sparkline, type Sparkline } from './sparkline.ts';
import type { Tile } from './tileLayout.ts';
import type { WallLayout } from './wallLayout.ts';

/** What is drawn: the samples of each weight. */
export interface WallContent {
  readonly steps: readonly number[];
  of(weight: number): ArrayLike<number>;
  /** Rings these weights. */
  readonly marked: ReadonlySet<number>;
}

/** Free space inside a cell. */
const inset = 3;

export function drawWall(
  context: CanvasRenderingContext2D,
  content: WallContent,
  layout: WallLayout,
  palette: Palette,
): void {
  context.lineJoin = 'round';
  for (const tile of layout.tiles) {
    drawGround(context, tile, layout, palette, content.marked.has(tile.unit));
    drawLine(context, sparkline(content.steps, content.of(tile.unit)), tile, layout, palette);
  }
}

function drawGround(
  context: CanvasRenderingContext2D,
  { left, top }: Tile,
  { width, height }: WallLayout,
  palette: Palette,
  isMarked: boolean,
): void {
  context.fillStyle = palette.card;
  context.fillRect(left + 0.5, top + 0.5, width - 1, height - 1);
  context.strokeStyle = isMarked ? palette.firing : palette.line;
  context.lineWidth = isMarked ? 2.5 : 1;
  const edge = isMarked ? 1.5 : 0.5;
  context.strokeRect(left + edge, top + edge, width - 2 * edge, height - 2 * edge);
}

function drawLine(
  context: CanvasRenderingContext2D,
  { strokes, broken, last }: Sparkline,
  { left, top }: Tile,
  { width, height }: WallLayout,
  palette: Palette,
): void {
  const x = (share: number) => left + inset + share * (width - 2 * inset);
  const y = (share: number) => top + inset + share * (height - 2 * inset);
  context.fillStyle = palette.firing;
  for (const share of broken) context.fillRect(x(share) - 0.5, top + inset, 1, height - 2 * inset);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.beginPath();
  for (const stroke of strokes) {
    context.moveTo(x(stroke[0] ?? 0), y(stroke[1] ?? 0));
    for (let k = 2; k < stroke.length; k += 2) context.lineTo(x(stroke[k] ?? 0), y(stroke[k + 1] ?? 0));
    if (stroke.length === 2) context.lineTo(x(stroke[0] ?? 0) + 1, y(stroke[1] ?? 0));
  }
  context.stroke();
  if (last !== undefined) drawWord(context, last, left + width / 2, top + height / 2, palette);
}

function drawWord(
  context: CanvasRenderingContext2D,
  word: string,
  middle: number,
  centre: number,
  palette: Palette,
): void {
  context.font = `700 12px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const half = context.measureText(word).width / 2 + 1;
  context.fillStyle = palette.card;
  context.fillRect(middle - half, centre - 7, 2 * half, 14);
  context.fillStyle = palette.firing;
  context.fillText(word, middle, centre);
}
