// Text to paste elsewhere: the frame that embeds a view of a run.
import type { EmbedView } from '../state/pageParts.ts';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** The link, shown as these views alone. */
export function embedLink(link: string, views: readonly EmbedView[]): string {
  return `${link}${link.includes('?') ? '&' : '?'}embed=${views.join('.')}`;
}

/** Of a frame: wide for what has a time axis. */
function sizeOf(views: readonly EmbedView[]): readonly [width: number, height: number] {
  if (views.includes('all')) return [1000, 640];
  if (views.length > 1) return [800, 450];
  return views[0] === 'surface' ? [320, 360] : [560, 320];
}

/** @param title what is in the frame, for screen readers */
export function embedSnippet(link: string, views: readonly EmbedView[], title: string): string {
  const [width, height] = sizeOf(views);
  const address = escaped(embedLink(link, views));
  return `<iframe src="${address}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" style="border:0;max-width:100%"></iframe>`;
}
