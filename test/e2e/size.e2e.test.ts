// How much a visitor downloads, of the built page: measured in its files, so it costs no browser.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { downloadsOf, limits, totalOf } from '../../src/cli/vitals/bytes.ts';

const { firstBundle, firstRun, fonts } = downloadsOf(fileURLToPath(new URL('../../dist', import.meta.url)));

test('the first bundle is under 150 kB, and has neither engine nor lesson nor card in it', () => {
  console.log(
    `first bundle: ${totalOf(firstBundle)} bytes; a first run: ${totalOf(firstRun)} bytes, fonts: ${totalOf(fonts)}`,
  );
  expect(totalOf(firstBundle)).toBeLessThan(limits.firstBundle);
  expect([...firstBundle.keys()].filter((file) => /worker|gpu|plot|Card|Lesson|Drawer/.test(file))).toEqual(
    [],
  );
});

test('all that a first run needs is under 250 kB: page, charts, thread, both of our engines, fonts', () => {
  expect([...firstRun.keys()].filter((file) => /worker|gpu|plot/.test(file)).length).toBeGreaterThan(3);
  expect(totalOf(firstRun) + totalOf(fonts)).toBeLessThan(limits.firstRun);
  expect([...firstRun.keys()].filter((file) => /tfjs|dist-|shared-|mnist|runTelemetry/.test(file))).toEqual(
    [],
  );
});
