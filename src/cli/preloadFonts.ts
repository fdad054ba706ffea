// Fonts are asked for with the page, not once its styles are read: the first text is painted in them, and nothing moves.
import type { Plugin } from 'vite';

export function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /\.woff2?$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: {
              rel: 'preload',
              as: 'font',
              type: `font/${file.split('.').at(-1) ?? ''}`,
              href: `./${file}`,
              crossorigin: '',
            },
            injectTo: 'head',
          })),
    },
  };
}
