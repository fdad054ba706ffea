// How wide a text is, for labels that must not overlap.

// Mean advance of B612 Regular in em over letters, digits and spaces; used where there is no canvas to ask.
const meanAdvance = 0.58;

let context: CanvasRenderingContext2D | null | undefined;

/** Width in CSS pixels of a text in the page's type. */
export function textWidth(text: string, size = 12): number {
  context ??=
    typeof OffscreenCanvas === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * size * meanAdvance;
  context.font = `${size}px B612, ui-sans-serif, system-ui, sans-serif`;
  return context.measureText(text).width;
}
