// An SVG as a PNG: drawn onto a canvas, with the page's own type inside, for a picture cannot load any.

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('the browser made no PNG of the picture; it may be too large'));
    }, 'image/png');
  });
}

function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(new Error('the type could not be read')));
    reader.readAsDataURL(blob);
  });
}

/** The page's @font-face rules, each with its file inside. A file that does not load is left out: there is a type of the system. */
async function embeddedType(): Promise<string> {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href ?? document.baseURI })))
    .filter(({ rule }) => rule instanceof CSSFontFaceRule);
  const faces = await Promise.all(
    rules.map(async ({ rule, base }) => {
      const [, address = ''] = /url\("([^"]+)"\)/.exec(rule.cssText) ?? [];
      const url = new URL(address, base).href;
      try {
        const data = url.startsWith('data:') ? url : await asDataUrl(await (await fetch(url)).blob());
        const weight = /font-weight:\s*(\d+)/.exec(rule.cssText)?.[1] ?? '400';
        return `@font-face{font-family:B612;font-weight:${weight};src:url(${data})}`;
      } catch {
        return '';
      }
    }),
  );
  return faces.join('');
}

let type: Promise<string> | undefined;

/** Pixels per unit of the drawing. */
const density = 2;

/** @throws Error where the browser cannot draw it */
export async function toPng(svg: string): Promise<Blob> {
  type ??= embeddedType();
  const whole = svg.replace('<style>', `<style>${await type}`);
  const url = URL.createObjectURL(new Blob([whole], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth * density, image.naturalHeight * density];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await blobOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export const canvasPng = blobOf;
