// A screenshot as a small WebP: scaled and compressed by the browser itself, on a canvas.
import type { Page } from 'playwright';

/** Drawn into this many pixels across. */
const usualWidth = 640;

/** Runs in the page. Tries one quality after another until the file is small enough. */
async function scale({
  png,
  width: across,
  most,
}: {
  png: string;
  width: number;
  most: number;
}): Promise<string> {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]), {
    resizeWidth: across,
    resizeQuality: 'high',
  });
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  let url = '';
  for (let quality = 0.9; quality > 0.2; quality -= 0.1) {
    url = canvas.toDataURL('image/webp', quality);
    if ((url.length * 3) / 4 <= most) break;
  }
  return url.slice(url.indexOf(',') + 1);
}

/** @param bench an empty page @param most bytes @param width of the picture in pixels */
export async function webpOf(bench: Page, png: Buffer, most: number, width = usualWidth): Promise<Buffer> {
  const text = await bench.evaluate(scale, { png: png.toString('base64'), width, most });
  return Buffer.from(text, 'base64');
}
