// What a visitor downloads, from the built files: the first bundle, and all that a first run needs. Compressed as servers do it, with gzip.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes as they are sent, by file. */
export type Download = ReadonlyMap<string, number>;

export interface Downloads {
  /** The page, with the scripts and styles without which it shows nothing. */
  readonly firstBundle: Download;
  /** The same, what draws charts, the training thread with our engine in JavaScript and on the GPU, the icon. Fonts come on top. */
  readonly firstRun: Download;
  /** Compressed in their own way. The text is there before them. */
  readonly fonts: Download;
}

/** Issue's limits, in bytes. */
export const limits = { firstBundle: 150_000, firstRun: 250_000 } as const;

const compressed = /\.(?:woff2?|png|webp)$/;

export function totalOf(download: Download): number {
  return [...download.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** @param dist the folder of the built page. @throws Error where a part of it is missing */
export function downloadsOf(dist: string): Downloads {
  const assets = join(dist, 'assets');
  if (!existsSync(assets)) throw new Error(`${assets}: not there; run npm run build first`);
  const names = readdirSync(assets);
  const named = (prefix: string, suffix: string): string[] => {
    const found = names.filter((name) => name.startsWith(`${prefix}-`) && name.endsWith(suffix));
    if (found.length === 0) throw new Error(`${assets}: no file ${prefix}-…${suffix}; its name has changed`);
    return found;
  };
  const sizes = (files: Iterable<string>): Download =>
    new Map([...files].map((file) => [file, sizeOf(join(dist, file))]));

  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const linked = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].flatMap(
    ([, file]) => file ?? [],
  );
  const first = ['index.html', ...withImports(dist, linked)];
  const later = [
    ...named('plot', '.js'),
    ...named('plot', '.css'),
    ...named('worker', '.js'),
    ...named('gpu', '.js'),
  ].map((name) => `assets/${name}`);
  const all = new Set([...first, ...withImports(dist, later), 'favicon.svg']);
  const fonts = [...named('b612', '.woff'), ...named('b612', '.woff2')].map((name) => `assets/${name}`);
  return { firstBundle: sizes(first), firstRun: sizes(all), fonts: sizes(fonts) };
}

/** Files and all that they import before they run. */
function withImports(dist: string, files: readonly string[]): string[] {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      if (name !== undefined) follow(`assets/${basename(name)}`);
  };
  files.forEach(follow);
  return [...found];
}

function sizeOf(path: string): number {
  const content = readFileSync(path);
  return compressed.test(path) ? content.length : gzipSync(content).length;
}
