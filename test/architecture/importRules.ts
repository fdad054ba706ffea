// The table "Who may import whom" of the design, and what an import must be to keep to it.
import { posix } from 'node:path';
import { importsOf, type Import } from './imports.ts';
import type { Source } from './sourceFile.ts';

const parts = [
  'billing',
  'data',
  'signals',
  'detectors',
  'faults',
  'remedies',
  'scenarios',
  'lessons',
  'wreck',
];
const runs = ['core', ...parts, 'engine', 'telemetry'];

/** Folder of src → the other folders of src that its files may import. `index` is src/index.ts, the public library. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  billing: ['core'],
  data: ['core'],
  signals: ['core'],
  detectors: ['core', 'data', 'signals'],
  faults: ['core', 'data', 'signals', 'detectors'],
  remedies: ['core', 'data', 'signals', 'detectors'],
  scenarios: ['core', 'data', 'signals', 'detectors', 'faults', 'remedies'],
  lessons: ['core', 'data', 'signals', 'detectors', 'faults', 'remedies', 'scenarios'],
  glossary: ['core', 'data', 'signals', 'detectors', 'faults', 'remedies'],
  wreck: ['core', 'data', 'signals', 'detectors', 'scenarios'],
  engine: ['core', 'data', 'signals'],
  site: ['core', ...parts, 'glossary'],
  telemetry: ['core', 'signals', 'detectors'],
  figures: ['core', ...parts, 'telemetry'],
  worker: runs,
  cli: [...runs, 'worker', 'figures', 'index', 'site'],
  app: ['core', ...parts, 'figures', 'glossary'],
  index: [...runs, 'worker'],
};

const protocol = 'worker/protocol.ts';
/** What is written outside of src and read by it, as it is. */
const outside = ['../package.json', '../docs/quality.json'];

/** One line per import that breaks the table: `core/recipe.ts: ../engine/x.ts; core may import …`. */
export function importViolations(source: Source): string[] {
  return importsOf(source).flatMap((imported) => violation(source.path, imported) ?? []);
}

function violation(path: string, { kind, specifier }: Import): string | undefined {
  const folder = folderOf(path);
  if (specifier === undefined) {
    // A command-line tool may find a file by a computed name; a page or worker bundle cannot.
    if (kind === 'url' && folder === 'cli') return undefined;
    return `${path}: a computed ${kind}; write its path as plain text in the script, so that it can be checked`;
  }
  const allowed = mayImport[folder];
  if (allowed === undefined)
    return `${path}: in ${folder}; there are only ${Object.keys(mayImport).join(', ')}`;
  const target = resolve(path, specifier);
  if (target === undefined) return packageViolation(path, folder, specifier);
  if (isWithin(folder, allowed, target, kind, specifier)) return undefined;
  return `${path}: ${specifier}; ${folder} may import ${[folder, ...allowed].join(', ')}`;
}

/** Where a specifier leads, relative to src; undefined for a package. */
function resolve(path: string, specifier: string): string | undefined {
  const file = specifier.replace(/\?.*$/, '');
  if (file.startsWith('/')) return posix.relative('/src', file);
  if (/^\.\.?(\/|$)/.test(file)) return posix.join(posix.dirname(path), file);
  return undefined;
}

function isWithin(
  folder: string,
  allowed: readonly string[],
  target: string,
  kind: Import['kind'],
  specifier: string,
): boolean {
  // A URL that leaves src names a file to read, such as public/ or node_modules/, not a module.
  if (/^\.\.(\/|$)/.test(target)) return kind === 'url' || outside.includes(target);
  const targetFolder = folderOf(target);
  if (targetFolder === folder || allowed.includes(targetFolder)) return true;
  return (
    folder === 'app' && targetFolder === 'worker' && (target === protocol || startsWorker(kind, specifier))
  );
}

function startsWorker(kind: Import['kind'], specifier: string): boolean {
  return kind === 'url' || /\?(?:.*&)?worker\b/.test(specifier);
}

function packageViolation(path: string, folder: string, specifier: string): string | undefined {
  if (folder === 'core' && !isPackage(specifier, 'valibot'))
    return `${path}: ${specifier}; core may import only valibot`;
  const usesEngine = folder === 'engine' || mayImport[folder]?.includes('engine') === true;
  if (!usesEngine && specifier.startsWith('@tensorflow/')) {
    return `${path}: ${specifier}; only engine, and who may import it, may use TensorFlow.js`;
  }
  return undefined;
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

function folderOf(path: string): string {
  const [first = '', ...rest] = path.split('/');
  return rest.length === 0 ? first.replace(/\.ts$/, '') : first;
}
