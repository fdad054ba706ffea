// The colours of one look, whichever the page has now: stills are taken for light pages and for dark ones.
import { paletteOf, type Palette } from '../drawing/palette.ts';

export type Look = 'light' | 'dark';
export const looks = ['light', 'dark'] as const satisfies readonly Look[];

const selectors = { light: ':root', dark: ':root[data-theme="dark"]' } as const;

function styleRules(): readonly CSSStyleRule[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].filter((rule) => rule instanceof CSSStyleRule),
  );
}

/** As the page's own style sheet says; the last rule that names a colour counts. */
export function themePalette(look: Look): Palette {
  const own = styleRules().filter(({ selectorText }) => selectorText === selectors[look]);
  return paletteOf(
    (property) =>
      own
        .findLast(({ style }) => style.getPropertyValue(property) !== '')
        ?.style.getPropertyValue(property) ?? '',
  );
}
