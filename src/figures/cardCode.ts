// The code on a crash report: large enough for a camera, as far as pictures and chart leave room for it.
import { qrCode, type QrCode } from './qr.ts';
import { element } from './svg.ts';

export interface PlacedCode {
  readonly code: QrCode;
  /** In pixels. */
  readonly side: number;
}

/** Of a code that is easily read at this size, as most are. */
export const usualSide = 126;
/** Pixels along one square that a camera tells apart on a screen. */
const perSquare = 2;

/**
 * @param most pixels along a side that there is room for
 * @returns undefined where the link is longer than any code holds
 */
export function placedCode(link: string, most: number): PlacedCode | undefined {
  const code = qrCode(link);
  return code && { code, side: Math.max(usualSide, Math.min(most, perSquare * code.size)) };
}

/** Dark squares on white in every look: a reader of codes needs the contrast. */
export function drawnCode({ code, side }: PlacedCode, right: number, bottom: number): string {
  return element(
    'g',
    {
      class: 'code',
      transform: `translate(${right - side} ${bottom - side}) scale(${(side / code.size).toFixed(4)})`,
    },
    element('rect', { width: code.size, height: code.size, fill: 'white' }),
    element('path', { d: code.path, fill: 'black' }),
  );
}
