// Holds src to the design: who may import whom, every part in its folder's list, exact versions, and what src never does.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { forbiddenIn } from './architecture/forbidden.ts';
import { importViolations } from './architecture/importRules.ts';
import { forgottenParts } from './architecture/parts.ts';
import type { Source } from './architecture/sourceFile.ts';

const src = new URL('../src/', import.meta.url);
const sources: Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(?:ts|svelte)$/.test(path))
  .map((path) => ({ path, text: readFileSync(new URL(path, src), 'utf8') }));

test('every file imports only what its folder may', () => {
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.flatMap(importViolations)).toEqual([]);
});

test.each(['billing', 'data', 'signals', 'detectors', 'faults', 'remedies', 'scenarios', 'lessons'])(
  'src/%s/index.ts lists every part of its folder',
  (folder) => {
    expect(forgottenParts(folder, sources)).toEqual([]);
  },
);

test('src has no unseeded randomness, no read that stalls the GPU, no text that becomes code or markup and no way around the type checker', () => {
  expect(sources.flatMap(forbiddenIn)).toEqual([]);
});

test('every dependency has an exact version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
});

describe('a made-up source', () => {
  const breaks: [path: string, text: string][] = [
    ['core/a.ts', `import { b } from '../data/b.ts';`],
    ['core/a.ts', `import * as svelte from 'svelte';`],
    ['core/a.ts', `import { readFileSync } from 'node:fs';`],
    ['data/a.ts', `export { b } from '../signals/b.ts';`],
    ['signals/a.ts', `export * from '../detectors/index.ts';`],
    ['faults/a.ts', `import type { Remedy } from '../remedies/remedy.ts';`],
    ['engine/tfjs/a.ts', `const b = await import('../../telemetry/b.ts');`],
    ['telemetry/a.ts', `type B = import('../engine/b.ts').B;`],
    ['worker/a.ts', `import App from '../app/App.svelte';`],
    ['app/a.ts', `import { loop } from '../worker/loop.ts';`],
    ['app/a.ts', `import { plain } from '../engine/compiled/plain.ts';`],
    ['app/a.ts', `import { plain } from '/src/engine/compiled/plain.ts';`],
    ['app/a.ts', `import '../engine/compiled/plain.ts?worker';`],
    ['app/a.ts', `new Worker(new URL('../engine/worker.ts', import.meta.url));`],
    ['app/a.ts', 'new Worker(new URL(`../worker/${name}.ts`, import.meta.url));'],
    ['app/a.ts', `const b = await import(name);`],
    ['app/a.ts', `const all = import.meta.glob('../engine/*.ts');`],
    ['app/a.ts', `import { b } from '../../test/b.ts';`],
    ['app/A.svelte', `<script lang="ts">import * as tf from '@tensorflow/tfjs';</script>`],
    [
      'app/A.svelte',
      `<script module lang="ts" generics="T extends Map<string, T>">import '../engine/a.ts';</script>`,
    ],
    ['app/A.svelte', `{#await import('../engine/a.ts')}{/await}`],
    ['detectors/a.ts', `import * as tf from '@tensorflow/tfjs-core';`],
    ['index.ts', `export { default } from './app/App.svelte';`],
    ['utils/a.ts', `import '../core/a.ts';`],
  ];
  test.each(breaks)('in %s, %s is a violation', (path, text) => {
    expect(importViolations({ path, text })).toHaveLength(1);
  });

  const keeps: [path: string, text: string][] = [
    ['core/a.ts', `import * as v from 'valibot'; import { b } from './b.ts';`],
    ['remedies/a.ts', `import { b } from '../detectors/index.ts'; import { c } from '../core/c.ts';`],
    [
      'engine/tfjs/a.ts',
      `import * as tf from '@tensorflow/tfjs'; import '../../data/index.ts'; import '../arena.ts';`,
    ],
    ['worker/a.ts', `import '../engine/index.ts'; import '../telemetry/index.ts';`],
    [
      'app/a.ts',
      `import type { Message } from '../worker/protocol.ts'; import 'uplot'; import './A.svelte';`,
    ],
    ['app/state/a.ts', `new Worker(new URL('../../worker/main.ts', import.meta.url), { type: 'module' });`],
    ['app/a.ts', `import Training from '../worker/main.ts?worker';`],
    ['app/a.ts', `const text = "import '../engine/a.ts'"; // import '../engine/a.ts'`],
    [
      'cli/a.ts',
      `import { version } from '../../package.json'; new URL('../../public/' + name, import.meta.url);`,
    ],
    ['index.ts', `export { compile } from './engine/index.ts';`],
  ];
  test.each(keeps)('in %s, %s is none', (path, text) => {
    expect(importViolations({ path, text })).toEqual([]);
  });

  const parts = [
    `export const b = { id: 'b' };`,
    `export const b: Fault = { id: 'b' };`,
    `export const b = { id: 'b' } as const satisfies Fault;`,
    `const b = { id }; export { b };`,
    `export default { id: 'b' };`,
    `export const b = Object.freeze({ id: 'b' });`,
  ];
  test.each(parts)('a file with %s is a part, forgotten or listed', (text) => {
    const part = { path: 'faults/b.ts', text };
    const index = (content: string) => ({ path: 'faults/index.ts', text: content });
    expect(forgottenParts('faults', [part, index(`import { a } from './a.ts';`)])).toEqual(['faults/b.ts']);
    expect(forgottenParts('faults', [part])).toEqual(['faults/b.ts']);
    expect(forgottenParts('faults', [part, index(`import { b } from './b.ts';`)])).toEqual([]);
  });

  test('a subfolder with an index.ts of its own lists its own parts', () => {
    const part = { path: 'faults/old/b.ts', text: `export const b = { id: 'b' };` };
    const index = (path: string, content: string) => ({ path, text: content });
    const top = index('faults/index.ts', `import { b } from './old/b.ts';`);
    expect(forgottenParts('faults', [part, top])).toEqual([]);
    expect(forgottenParts('faults', [part, top, index('faults/old/index.ts', '')])).toEqual([
      'faults/old/b.ts',
    ]);
    expect(
      forgottenParts('faults', [part, index('faults/old/index.ts', `import { b } from './b.ts';`)]),
    ).toEqual([]);
  });

  test('a file that only supports its folder is no part', () => {
    const support = {
      path: 'faults/fault.ts',
      text: `export interface Fault { id: string }\nconst inner = { id: 1 };`,
    };
    expect(forgottenParts('faults', [support])).toEqual([]);
  });

  const forbidden: [text: string, found: string][] = [
    [`const a = Math.random();`, 'Math.random'],
    [`loss.dataSync();`, 'dataSync'],
    [`const { arraySync } = loss;`, 'arraySync'],
    [`let a: any;`, 'any'],
    [`const a = b as any[];`, 'any'],
    [`// @ts-ignore`, '@ts-ignore'],
    [`card.innerHTML = words;`, 'innerHTML'],
    [`const f = new Function('return 1');`, 'Function'],
    [`eval(words);`, 'eval'],
  ];
  test.each(forbidden)('%s is forbidden', (text, found) => {
    expect(forbiddenIn({ path: 'core/a.ts', text })).toEqual([`core/a.ts: ${found}`]);
  });

  test('markup from text is forbidden in a component', () => {
    expect(forbiddenIn({ path: 'app/A.svelte', text: '<p>{@html words}</p>' })).toEqual([
      'app/A.svelte: {@html',
    ]);
  });

  test('a comment may speak of what is forbidden', () => {
    expect(
      forbiddenIn({ path: 'core/a.ts', text: `// Never Math.random: any seed must give the same run.` }),
    ).toEqual([]);
  });
});
