// `npm run reproduce -- <scenario> --out DIR [options]`: a scenario's run without a page, written down for a docs page.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reproduce } from './reproduce/run.ts';
import { Interrupted } from './reproduce/train.ts';

const publicFolder = new URL('../../public/', import.meta.url);

/** npm runs a script in the package's folder; a path is meant from where npm was called. */
function locate(path: string): string {
  const isScript = process.env['npm_lifecycle_event'] === 'reproduce';
  return resolve((isScript ? process.env['INIT_CWD'] : undefined) ?? process.cwd(), path);
}

const interrupted = new AbortController();
process.on('SIGINT', () => {
  interrupted.abort(new Interrupted());
});

const status = await reproduce(process.argv.slice(2), {
  print: (text) => {
    process.stdout.write(`${text}\n`);
  },
  say: (text) => {
    process.stderr.write(`${text}\n`);
  },
  locate,
  file: async (path) => new Uint8Array(await readFile(new URL(path, publicFolder))),
  signal: interrupted.signal,
});
// Not left to the event loop: Dawn's threads would keep the process alive.
process.exit(status);
