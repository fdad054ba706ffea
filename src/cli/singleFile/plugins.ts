// The page as one file for a USB stick: its threads inside it as text, TensorFlow.js left out, and a policy that names its one script.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { viteSingleFile } from 'vite-plugin-singlefile';
import type { Plugin, Rolldown, UserConfig } from 'vite';

const folder = 'dist-single';
const fileName = 'trainwreck.html';

/** Two megabytes that most runs never need. Whoever chooses that engine is told, and trains in plain JavaScript. */
function withoutTfjs(): Plugin {
  const stub = '\0without-tfjs';
  return {
    name: 'trainwreck:without-tfjs',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('engine/tfjs/index.ts') ? stub : undefined),
    load: (id) =>
      id === stub
        ? `export function createTfjsEngine() { throw new Error('TensorFlow.js is not in the single file'); }`
        : undefined,
  };
}

/** How Vite writes the start of a thread that lies beside the page; the thread's file is captured. */
const starts = new RegExp(
  [
    /new Worker\(new URL\(/,
    /new URL\([`"'][^`"']*?((?:\w+W|w)orker-[^`"'/]+\.js)[`"'],(?:[`"']{2}\+)?import\.meta\.url\)(?:\.href)?/,
    /,[`"']{2}\+import\.meta\.url\)(?:,\{type:[`"']module[`"']\})?\)/,
  ]
    .map(({ source }) => source)
    .join(''),
  'g',
);

function textOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): string {
  if (file.type === 'chunk') return file.code;
  return typeof file.source === 'string' ? file.source : new TextDecoder().decode(file.source);
}

/** Threads as text within the page: beside a page that was opened from a file, no other file may be loaded. */
function threadsWithin(): Plugin {
  return {
    name: 'trainwreck:threads-within',
    generateBundle(_, bundle) {
      const threads = Object.values(bundle).filter(({ fileName: name }) => /orker-[^/]+\.js$/.test(name));
      const within = new Set<string>();
      const start = (name: string) => {
        const thread = threads.find(({ fileName: whole }) => whole.endsWith(name));
        if (!thread) throw new Error(`single file: the thread ${name} is not in the bundle`);
        within.add(thread.fileName);
        // Once: every run starts a thread of its own.
        return `new Worker((globalThis.trainwreckThreads??={})[${JSON.stringify(name)}]??=URL.createObjectURL(new Blob([${JSON.stringify(textOf(thread))}],{type:"text/javascript"})))`;
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || threads.includes(chunk)) continue;
        chunk.code = chunk.code.replaceAll(starts, (_, name: string) => start(name));
      }
      const left = threads.filter(({ fileName: name }) => !within.has(name));
      if (left.length > 0 || threads.length === 0) {
        const which = left.map(({ fileName: name }) => name).join(', ') || 'a training thread';
        throw new Error(`single file: nothing starts ${which}; has the way a thread is started changed?`);
      }
      for (const { fileName: name } of threads) Reflect.deleteProperty(bundle, name);
    },
  };
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** No request at all, no script but its own (the hash of the one that is inside), and no word of files that are not there. */
function standingAlone(html: string): string {
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) =>
    hashOf(script),
  );
  const policy = [
    `default-src 'none'`,
    `script-src ${scripts.join(' ')}`,
    `style-src 'unsafe-inline'`,
    `img-src blob:`,
    `font-src data:`,
    `worker-src blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types svelte-trusted-html default`,
  ].join('; ');
  return html
    .replace(
      /(http-equiv="Content-Security-Policy"\s*content=")[^"]*"/,
      (_, start: string) => `${start}${policy}"`,
    )
    .replaceAll(/<link rel="(?:apple-touch-)?icon"[^>]*>/g, '')
    .replace(/(<noscript>[^.]*\.[^.]*\.)[\s\S]*?(<\/noscript>)/, '$1$2');
}

function finished(): Plugin {
  return {
    name: 'trainwreck:single-file',
    enforce: 'post',
    writeBundle({ dir = folder }) {
      const page = join(dir, 'index.html');
      writeFileSync(page, standingAlone(readFileSync(page, 'utf8')));
      renameSync(page, join(dir, fileName));
    },
  };
}

/** What `vite build --mode single` adds to the usual build. */
export const singleFile = {
  publicDir: false,
  build: { outDir: folder },
  plugins: [threadsWithin(), viteSingleFile(), finished()],
  worker: {
    // Chromium starts no module thread beside a page that was opened from a file.
    format: 'iife',
    plugins: () => [withoutTfjs()],
    rolldownOptions: { output: { codeSplitting: false } },
  },
} satisfies UserConfig;
