// Puts finished files where they belong, all at once: an interrupted run leaves no half-written file.
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** @throws Error where a file stands in the way of the folder */
export function checkFolder(folder: string, named: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Error(`--out ${named}: is a file; name a folder`);
}

/** Writes into a new folder beside the wanted one, then moves each file over what had its name. Nothing in here gives way to a signal. */
export function placeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const target = realpathSync(folder);
  const partial = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const [name, text] of files) writeFileSync(join(partial, name), text);
    for (const name of files.keys()) renameSync(join(partial, name), join(target, name));
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
