// The best checkpoint: where validation loss was lowest, judged by more than one evaluation.
import { expect, test } from 'vitest';
import { bestCheckpoint } from '../../src/core/bestCheckpoint.ts';

const steps = [0, 10, 20, 30, 40, 50, 60, 70];
const checkpoints = [0, 16, 32, 48, 64];

test('lies where validation loss was lowest', () => {
  expect(bestCheckpoint({ steps, losses: [9, 8, 4, 3, 4, 6, 7, 8] }, checkpoints)).toBe(32);
});

test('is not decided by a single evaluation', () => {
  expect(bestCheckpoint({ steps, losses: [9, 0, 9, 3, 3, 3, 9, 9] }, checkpoints)).toBe(48);
});

test('is the first of equals', () => {
  expect(bestCheckpoint({ steps, losses: steps.map(() => 1) }, checkpoints)).toBe(0);
});

test('is never one with NaN or infinity near it', () => {
  expect(bestCheckpoint({ steps, losses: [5, 5, 5, NaN, 1, 1, Infinity, 1] }, checkpoints)).toBe(0);
  expect(bestCheckpoint({ steps, losses: steps.map(() => NaN) }, checkpoints)).toBeUndefined();
});

test('is unknown where nothing was evaluated up to a checkpoint, or nothing was kept', () => {
  expect(bestCheckpoint({ steps: [], losses: [] }, checkpoints)).toBeUndefined();
  expect(bestCheckpoint({ steps, losses: steps.map(() => 1) }, [])).toBeUndefined();
  expect(bestCheckpoint({ steps: [50], losses: [1] }, [0, 16])).toBeUndefined();
});
