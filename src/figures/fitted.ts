// Text that has to fit in a place of a given size: smaller where it is long, cut only where the smallest type does not hold it.
import { textWidth, wrapped } from './svg.ts';

/** A size of type, and how many lines of it there is room for. */
type Setting = readonly [size: number, lines: number];

export interface Fitted {
  readonly size: number;
  readonly lines: readonly string[];
}

interface Place {
  /** In pixels. */
  readonly width: number;
  /** From the largest to the smallest. */
  readonly settings: readonly [Setting, ...Setting[]];
  /** Advance of a letter of this weight, relative to the mean that text is measured by. */
  readonly boldness?: number;
}

/** As much of a text as there is room for, and an ellipsis. */
function cut(text: string, width: number, size: number): string {
  const most = Math.max(1, Math.floor(width / textWidth('m', size)));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

export function fitted(text: string, { width, settings, boldness = 1 }: Place): Fitted {
  for (const [size, most] of settings) {
    const lines = wrapped(text, width, boldness * size);
    const fits = lines.every((line) => textWidth(line, boldness * size) <= width);
    if (fits && lines.length <= most) return { size, lines };
  }
  const [size, most] = settings.at(-1) ?? settings[0];
  const lines = wrapped(text, width, boldness * size);
  // The last line has all that is left before it is cut: a single long word is no reason to leave the words before it alone.
  const isOver = lines.length > most;
  const placed = isOver ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines;
  return { size, lines: placed.map((line) => cut(line, width, boldness * size)) };
}
