// Fonts are asked for with the page, not once its styles are read: the first text is painted in them, and nothing moves.
import type { Plugin } from 'vite';

/** From a page to the folder that all files lie in: the site may lie below any path, so nothing is addressed from the host's root. */
function wayUp(page: string): string {
  const folders = page.split('/').filter((part) => part !== '').length - 1;
  return folders <= 0 ? './' : '../'.repeat(folders);
}

export function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle, path }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /\.woff2?$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: {
              rel: 'preload',
              as: 'font',
              type: `font/${file.split('.').at(-1) ?? ''}`,
              href: `${wayUp(path)}${file}`,
              crossorigin: '',
            },
            injectTo: 'head',
          })),
    },
  };
}
