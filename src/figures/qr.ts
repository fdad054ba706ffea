// A link as a QR code: one path of squares, to be drawn in any size.
import { encode } from 'uqr';

export interface QrCode {
  /** Squares along a side, the quiet zone of four included. */
  readonly size: number;
  /** The dark squares, one unit each, as the `d` of a path. */
  readonly path: string;
}

const quiet = 4;

/** Undefined where the text is too long for any code: 2,953 bytes, at its lowest correction level. */
export function qrCode(text: string): QrCode | undefined {
  try {
    const { size, data } = encode(text, { ecc: 'L', boostEcc: true, border: quiet });
    const path = data
      .map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
      .join('');
    return { size, path };
  } catch {
    return undefined;
  }
}
