// SVG as text, from small functions: no browser is needed, and the same figure has the same bytes.

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What XML 1.0 allows in no way, not even escaped: a file with one of them is refused as a whole. A table’s name may hold any. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function escaped(text: string): string {
  return text
    .replace(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A length in pixels, to a tenth. */
export function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function attribute([name, value]: readonly [string, string | number | undefined]): string {
  if (value === undefined) return '';
  return ` ${name}="${typeof value === 'number' ? pixels(value) : escaped(value)}"`;
}

/** An element whose children are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const opening = `<${name}${Object.entries(attributes).map(attribute).join('')}`;
  return children.length === 0 ? `${opening}/>` : `${opening}>${children.join('')}</${name}>`;
}

/** Mean advance in em of the sans-serif types that a reader may have, on the wide side: labels must not overlap. */
const meanAdvance = 0.56;

export function textWidth(text: string, size = 12): number {
  return text.length * size * meanAdvance;
}

export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  attributes: Attributes,
): string {
  return element('line', { x1, y1, x2, y2, ...attributes });
}

export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text));
}

/** Text that stays readable where lines run behind it. */
export function haloed(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return label(x, y, text, { class: 'halo', ...attributes });
}

/** A text in lines of at most so many pixels, broken at spaces. */
export function wrapped(text: string, width: number, size = 12): readonly string[] {
  return text.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined) return [word];
    const longer = `${last} ${word}`;
    return textWidth(longer, size) <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}
