// What makes the built page work without a network: a service worker that holds all of a first run, and a list of what is fetched later.
import type { Plugin, Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Of the cache that `src/app/state/offline.ts` fills in idle time. */
const laterCache = 'trainwreck-later';
const digits = 'data/mnist.bin';

/** TensorFlow.js goes by its name: it is large, and no first run needs it. */
export function workerChunkName({ moduleIds }: Rolldown.PreRenderedChunk): string {
  const isTensorFlow = moduleIds.some((id) => id.includes('@tensorflow') || id.includes('/engine/tfjs/'));
  return isTensorFlow ? 'assets/tfjs-[name]-[hash].js' : 'assets/[name]-[hash].js';
}

/** Writes `later.json`: files that are kept on the machine once the browser is idle. */
export function laterFiles(): Plugin {
  return {
    name: 'later-files',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((file) => /^assets\/tfjs-/.test(file));
      this.emitFile({ type: 'asset', fileName: 'later.json', source: JSON.stringify([digits, ...files]) });
    },
  };
}

/** The service worker. The page registers it itself, after its first run has begun: see `src/app/state/offline.ts`. */
export function offline(): Plugin[] {
  return VitePWA({
    registerType: 'prompt',
    injectRegister: null,
    includeAssets: [],
    manifest: {
      name: 'Trainwreck: break a neural network, watch the signals catch it',
      short_name: 'Trainwreck',
      description: 'Train a small neural network, break it on purpose, and see which signal catches it.',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#f4f5f2',
      theme_color: '#f4f5f2',
      icons: [
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{html,js,css,svg,webp,woff,woff2,json,bin,png}'],
      // Pictures of the documentation are kept once they have been looked at; TensorFlow.js and the digits once there is time.
      globIgnores: ['assets/tfjs-*', digits, 'docs/**', 'pictures/**', 'later.json'],
      // A link’s query says what to train, not which file to load.
      ignoreURLParametersMatching: [/.*/],
      navigateFallback: null,
      clientsClaim: true,
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      runtimeCaching: [
        {
          urlPattern: ({ url, sameOrigin }) =>
            sameOrigin && /\/(?:assets\/tfjs-[^/]*|data\/mnist\.bin)$/.test(url.pathname),
          handler: 'CacheFirst',
          options: { cacheName: laterCache },
        },
        {
          urlPattern: ({ request, sameOrigin }) => sameOrigin && request.destination === 'image',
          handler: 'StaleWhileRevalidate',
          options: { cacheName: 'trainwreck-pictures' },
        },
      ],
    },
  });
}
