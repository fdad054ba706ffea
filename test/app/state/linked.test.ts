// An address that names a table: the page comes up even where the machine cannot be looked through.
import { expect, test, vi } from 'vitest';
import { loadLinked } from '../../../src/app/state/linked.ts';

vi.mock('../../../src/app/state/ownStart.ts', () => ({
  ownStart: () => Promise.reject(new Error('no such chunk')),
}));

test('a look-up that fails is said, and hinders nothing', async () => {
  const { own, trouble } = await loadLinked('?data=own&own=x');
  expect(own).toBeUndefined();
  expect(trouble).toBe(
    'What is kept on this machine could not be looked through: no such chunk. Bring the table under “Own data”.',
  );
});
