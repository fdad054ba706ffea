// Labels on charts and track.
import { expect, test } from 'vitest';
import { labelled } from '../../../src/app/state/wording.ts';

const raise = (at: number) => ({ at, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } }) as const;
const rewind = {
  at: 440,
  by: 'divide-rate',
  rewindTo: 384,
  change: { kind: 'scale-rate', factor: 0.01 },
} as const;

test('a rate that is raised again is told in all, and a new run counts from 1', () => {
  const labels = labelled([raise(402), raise(422), rewind, raise(402)]).map(({ label }) => label);
  expect(labels).toEqual(['rate ×10', 'rate ×100', 'divide rate', 'rate ×10']);
});
