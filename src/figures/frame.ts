// The frame that the parts of a figure share: one time axis, and a column at its left for titles and keys.

export interface Frame {
  /** Pixels from the left at which the time axis begins and ends. */
  readonly left: number;
  readonly right: number;
  /** Steps at its ends. */
  readonly from: number;
  readonly to: number;
}

export const width = 900;
export const margin = 20;
/** Left edge of the numbers beside the axes is not before this. */
export const plotLeft = 232;

export function xOf(step: number, { left, right, from, to }: Frame): number {
  return left + ((step - from) / Math.max(1, to - from)) * (right - left);
}

/** The colours of the light page. */
export const ink = {
  text: '#161a2b',
  muted: '#545a6e',
  ghost: '#80879c',
  action: '#2347b5',
  warning: '#8a5200',
  firing: '#b3261e',
  line: '#d9dce4',
  paper: '#ffffff',
} as const;

export type Stroke = Readonly<Record<string, string | number>>;

/** Lines told apart by colour, weight and dash: what a single batch says, what a whole set says, and what nobody sees. */
export const strokes = {
  batch: { stroke: ink.muted, 'stroke-width': 1 },
  measured: { stroke: ink.action, 'stroke-width': 2 },
  sealed: { stroke: ink.firing, 'stroke-width': 1.8, 'stroke-dasharray': '7 3' },
  broken: { stroke: ink.ghost, 'stroke-width': 1 },
  twin: { stroke: ink.ghost, 'stroke-width': 1.4, 'stroke-dasharray': '1.5 3' },
} as const satisfies Readonly<Record<string, Stroke>>;

/** Dots in a line's own colour, for a signal that is not emitted: what would have been seen. */
export const unseen = { 'stroke-width': 1.6, 'stroke-dasharray': '1.5 3.5' } as const;

const layerStrokes: readonly Stroke[] = [
  { stroke: ink.text, 'stroke-width': 1.3 },
  { stroke: ink.action, 'stroke-width': 1.3, 'stroke-dasharray': '7 2.5' },
  { stroke: '#0b7a75', 'stroke-width': 1.3, 'stroke-dasharray': '3 2' },
  { stroke: '#7a4bb5', 'stroke-width': 1.3, 'stroke-dasharray': '9 3 2 3' },
  { stroke: '#5b6b00', 'stroke-width': 1.3, 'stroke-dasharray': '1.5 2.5' },
  { stroke: '#a0407a', 'stroke-width': 1.3, 'stroke-dasharray': '12 3' },
];

/** @param layer 1 = first */
export function layerStroke(layer: number): Stroke {
  return layerStrokes[(layer - 1) % layerStrokes.length] ?? strokes.batch;
}
