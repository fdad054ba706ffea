// What is kept on the machine: where that is full or forbidden, it is said, and nothing throws.
import { afterEach, expect, test, vi } from 'vitest';
import { forgetSource, keepTable, keptSources, keptTable } from '../../../src/app/state/machineStore.ts';
import { clouds, encoded } from '../../data/csv/tables.ts';

afterEach(() => vi.unstubAllGlobals());

/** A database that does not open. */
const refuse = (error: Error): void => {
  const open = () => {
    throw error;
  };
  vi.stubGlobal('indexedDB', { open });
};

const { table } = encoded(clouds());
if (!table) throw new Error('no table');
const source = { title: 'birds.csv', fingerprint: 'f', source: new Blob(), plan: table.plan, rows: 60 };

test.each([
  ['full', new DOMException('', 'QuotaExceededError'), 'its storage is full'],
  ['forbidden', new DOMException('', 'SecurityError'), 'the browser forbids it here'],
])(
  'storage that is %s: the table is used all the same, and why it was not kept is said',
  async (_, error, why) => {
    refuse(error);
    expect(await keepTable(table, source)).toBe(
      `birds.csv could not be kept on this machine: ${why}. It is used until the page closes.`,
    );
    expect(await keptTable(table.plan)).toBeUndefined();
    expect(await keptSources()).toEqual([]);
    await expect(forgetSource('f')).resolves.toBeUndefined();
  },
);
