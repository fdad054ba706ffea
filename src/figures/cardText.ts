// The words on a crash report: each in its place, smaller where they are many, cut only where no size holds them.
import { usualSide } from './cardCode.ts';
import { cardSize, edge, foot } from './cardFrame.ts';
import { fitted, type Fitted } from './fitted.ts';
import { element, escaped, label } from './svg.ts';

/** Bold letters are wider than the mean that text is measured by. */
const boldness = 1.18;

/** Lamp and “Trainwreck” before the title. */
const nameWidth = 210;

function drawnLines(
  { size, lines }: Fitted,
  kind: string,
  { first, leading }: { readonly first: number; readonly leading: number },
): string {
  return lines
    .map((text, index) =>
      label(edge, first + index * leading, text, { class: kind, style: `font-size:${size}px` }),
    )
    .join('');
}

export function drawnSentence(text: string): string {
  const place = fitted(text, {
    width: cardSize.width - 2 * edge,
    settings: [
      [34, 2],
      [28, 3],
      [25, 3],
      [22, 3],
      [20, 3],
    ],
    boldness,
  });
  if (place.lines.length < 3) return drawnLines(place, 'sentence', { first: 142, leading: 46 });
  const leading = 1.22 * place.size;
  // The second of three stands where the middle of two is.
  return drawnLines(place, 'sentence', { first: 153 + 0.36 * place.size - leading, leading });
}

export function drawnOutcome(text: string, width: number): string {
  const place = fitted(text, {
    width,
    settings: [
      [20, 2],
      [17, 3],
      [15, 3],
    ],
  });
  const first = cardSize.height - foot - usualSide + (place.lines.length < 3 ? 42 : 34);
  return drawnLines(place, 'what', { first, leading: 1.35 * place.size });
}

/** Beside a code it may be cut: the code holds all of it. */
export function drawnLink(shown: string, width: number): string {
  const place = fitted(shown, {
    width,
    settings: [
      [18, 1],
      [16, 1],
    ],
  });
  return drawnLines(place, 'link', { first: cardSize.height - 34, leading: 0 });
}

export const longLink =
  'The link is longer than a code holds: it is in link.txt of the zip, and under Link on the page.';

export function drawnTitle(title: string): string {
  const { size, lines } = fitted(`crash report · ${title}`, {
    width: cardSize.width - 2 * edge - nameWidth,
    settings: [
      [20, 1],
      [17, 1],
      [15, 1],
    ],
  });
  return element(
    'text',
    { x: edge + 56, y: 61 },
    element('tspan', { class: 'name' }, 'Trainwreck'),
    element('tspan', { class: 'what muted', style: `font-size:${size}px`, dx: 14 }, escaped(lines.join(' '))),
  );
}
