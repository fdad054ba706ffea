// What makes the built page work without a network: a service worker that holds all of a first run, and a list of what is fetched later.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { keptFile } from './keptFile.ts';

const digits = 'data/mnist.bin';

/** TensorFlow.js goes by its name: it is large, and no first run needs it. */
export function workerChunkName({ moduleIds }: Rolldown.PreRenderedChunk): string {
  const isTensorFlow = moduleIds.some((id) => id.includes('@tensorflow') || id.includes('/engine/tfjs/'));
  return isTensorFlow ? 'assets/tfjs-[name]-[hash].js' : 'assets/[name]-[hash].js';
}

/** A file without a hash in its name, with one behind it: what is kept under such an address never changes. */
function versioned(file: string, folder: string): readonly string[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  const version = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 8);
  return [`${file}?v=${version}`];
}

/** Writes `later.json`: files that are kept on the machine once the browser is idle. */
export function laterFiles(): Plugin {
  let publicFolder = '';
  return {
    name: 'later-files',
    apply: 'build',
    configResolved({ publicDir }) {
      publicFolder = publicDir;
    },
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((file) => /^assets\/tfjs-/.test(file));
      const source = JSON.stringify([...versioned(digits, publicFolder), ...files]);
      this.emitFile({ type: 'asset', fileName: 'later.json', source });
    },
  };
}

/** Pages to read have a policy that allows no manifest; and it would be looked for in their own folders. */
function manifestOfThePageAlone(): Plugin {
  return {
    name: 'manifest-of-the-page-alone',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler: (page, { path }) =>
        path === '/index.html' ? page : page.replaceAll(/<link rel="manifest"[^>]*>/g, ''),
    },
  };
}

/** The service worker. The page registers it itself, after its first run has begun: see `src/app/state/offline.svelte.ts`. */
export function offline(): Plugin[] {
  return [...worker(), manifestOfThePageAlone()];
}

function worker(): Plugin[] {
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
      globIgnores: ['assets/tfjs-*', digits, 'docs/**', 'pictures/**'],
      // A link’s query says what to train, not which file to load.
      ignoreURLParametersMatching: [/.*/],
      navigateFallback: null,
      clientsClaim: true,
      // It deletes the caches of every copy below this one's path. Old files of this copy go without it; it is for older formats of Workbox.
      cleanupOutdatedCaches: false,
      inlineWorkboxRuntime: true,
      runtimeCaching: [
        {
          urlPattern: ({ url, sameOrigin }) =>
            sameOrigin && /\/(?:assets\/tfjs-[^/]*|data\/mnist\.bin)$/.test(url.pathname),
          handler: keptFile,
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
