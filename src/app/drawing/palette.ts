// The colours of look.css as canvases need them, and when they change.

const properties = {
  paper: '--paper',
  card: '--card',
  ink: '--ink',
  muted: '--muted',
  action: '--action',
  warning: '--warning',
  firing: '--firing',
  border: '--border',
  line: '--line',
  ghost: '--ghost',
  surfaceLow: '--surface-low',
  surfaceHigh: '--surface-high',
  pointInk: '--point-ink',
  pointGround: '--point-ground',
} as const;

export type Palette = Readonly<Record<keyof typeof properties, string>>;
export type Rgb = readonly [red: number, green: number, blue: number];

/** @param value of a custom property */
export function paletteOf(value: (property: string) => string): Palette {
  const read = (name: keyof typeof properties) => value(properties[name]).trim();
  return {
    paper: read('paper'),
    card: read('card'),
    ink: read('ink'),
    muted: read('muted'),
    action: read('action'),
    warning: read('warning'),
    firing: read('firing'),
    border: read('border'),
    line: read('line'),
    ghost: read('ghost'),
    surfaceLow: read('surfaceLow'),
    surfaceHigh: read('surfaceHigh'),
    pointInk: read('pointInk'),
    pointGround: read('pointGround'),
  };
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  return paletteOf((property) => style.getPropertyValue(property));
}

/** `#rrggbb` or `#rgb`, as look.css writes colours and a minifier shortens them. Anything else is black. */
export function rgb(colour: string): Rgb {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const hex =
    short === null
      ? colour
      : `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`;
  const value = /^#[0-9a-f]{6}$/i.test(hex) ? parseInt(hex.slice(1), 16) : 0;
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The colour a share of the way from one to another; shares outside 0–1 and NaN count as the nearest end, NaN as `from`. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const t = share > 1 ? 1 : share > 0 ? share : 0;
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t];
}

/** Calls back when the theme, the fonts or the device pixel ratio change; returns what ends that. */
export function onLookChange(changed: () => void): () => void {
  const stop = new AbortController();
  const theme = new MutationObserver(changed);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
    matchMedia(query).addEventListener('change', changed, { signal: stop.signal });
  document.fonts.addEventListener('loadingdone', changed, { signal: stop.signal });
  watchPixelRatio(changed, stop.signal);
  return () => {
    stop.abort();
    theme.disconnect();
  };
}

// A query matches one ratio, so each change needs the next query.
function watchPixelRatio(changed: () => void, signal: AbortSignal): void {
  const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const next = () => {
    changed();
    watchPixelRatio(changed, signal);
  };
  query.addEventListener('change', next, { once: true, signal });
}
