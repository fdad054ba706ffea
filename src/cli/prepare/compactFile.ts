// Writes a compact file under public/data, where it is not there or older than what decides its content.
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface CompactContent {
  readonly bytes: Buffer;
  /** What is in it, in words. */
  readonly told: string;
}

/**
 * @param name file under public/data
 * @param maker `import.meta.url` of the module that decides what is in it; the packages' own data never change under one version
 */
export function writeCompactFile(name: string, maker: string, make: () => CompactContent): void {
  const target = fileURLToPath(new URL(`../../../public/data/${name}`, import.meta.url));
  const size = (): string => `${(statSync(target).size / 1e3).toFixed(1)} kB`;
  if (isUpToDate(target, maker)) {
    console.error(`public/data/${name}: up to date, ${size()}`);
    return;
  }
  const { bytes, told } = make();
  mkdirSync(dirname(target), { recursive: true });
  // Renamed when complete, so that a build started meanwhile never copies half a file.
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, compress(bytes));
  renameSync(partial, target);
  console.error(`public/data/${name}: ${told}, ${size()}`);
}

function isUpToDate(target: string, maker: string): boolean {
  const made = statSync(target, { throwIfNoEntry: false });
  return made !== undefined && made.mtimeMs >= statSync(fileURLToPath(maker)).mtimeMs;
}

function compress(content: Buffer): Buffer {
  const stream = gzipSync(content, { level: 9 });
  // Byte 9 names the operating system; "unknown" makes the stream the same wherever it is made.
  stream[9] = 255;
  return stream;
}
