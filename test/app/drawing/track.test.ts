import { expect, test } from 'vitest';
import {
  axisSteps,
  junction,
  placeSigns,
  stepToX,
  thinStations,
  trackPlan,
  type TrackRun,
} from '../../../src/app/drawing/track.ts';
import { trackWords } from '../../../src/app/drawing/trackWords.ts';

const plan = trackPlan(2, 1248, 92, 80);
const fault = { step: 402, label: 'learning rate ×10' };
const alert = { step: 404, state: 'firing', label: 'loss spike' } as const;
const widthOf = (text: string) => text.length * 7;

test('lanes stay inside the track, in order, and the first does not move when a second opens', () => {
  for (const height of [70, 92])
    for (const runs of [1, 2, 3]) {
      const { lanes } = trackPlan(runs, 374, height, 60);
      expect(lanes).toHaveLength(runs);
      expect(lanes).toEqual(lanes.toSorted((a, b) => a - b));
      expect(Math.max(...lanes)).toBeLessThan(height - 17);
    }
  expect(trackPlan(2, 1248, 92, 80).lanes[0]).toBe(trackPlan(1, 1248, 92, 80).lanes[0]);
  expect(trackPlan(2, 374, 70, 60).lanes[0]).toBe(trackPlan(1, 374, 70, 60).lanes[0]);
});

test('the time axis hangs close below the last lane, and never out of the track', () => {
  for (const height of [70, 92])
    for (const runs of [1, 2, 3]) {
      const { lanes, axis } = trackPlan(runs, 1248, height, 80);
      expect(axis - Math.max(...lanes)).toBeLessThanOrEqual(14);
      expect(axis).toBeGreaterThan(Math.max(...lanes));
      expect(axis + 17).toBeLessThan(height);
    }
});

test('steps beyond the window are drawn at its end', () => {
  const window = { from: 100, to: 200 };
  expect(stepToX(0, window, plan)).toBe(plan.left);
  expect(stepToX(999, window, plan)).toBe(plan.right);
});

test('stations that would crowd are thinned by twos, the last one kept', () => {
  const checkpoints = Array.from({ length: 40 }, (_, index) => index * 64);
  expect(thinStations(checkpoints, (step) => step)).toEqual(checkpoints);
  const thin = thinStations(checkpoints, (step) => step / 8);
  expect(thin[thin.length - 1]).toBe(39 * 64);
  for (let at = 1; at < thin.length; at++) expect((thin[at]! - thin[at - 1]!) / 8).toBeGreaterThanOrEqual(18);
  expect(thinStations([], (step) => step)).toEqual([]);
  expect(thinStations([64], (step) => step)).toEqual([64]);
});

test('alerts of one name that come thick and fast stand where they belong, one for many', () => {
  const alerts = Array.from({ length: 90 }, (_, index) => ({ ...alert, step: 5 * index }));
  const signs = placeSigns({ faults: [], alerts }, (step) => step, plan, widthOf);
  expect(signs.length).toBeGreaterThan(10);
  for (const { step, x } of signs) expect(x).toBe(step);
});

test('a signal that would stand on a sign is moved right of it; texts are left of faults and right of alerts', () => {
  const signs = placeSigns({ faults: [fault], alerts: [alert] }, (step) => step, plan, widthOf);
  expect(signs.map(({ kind }) => kind)).toEqual(['fault', 'firing']);
  expect(signs[0]!.x).toBe(402);
  expect(signs[1]!.x - signs[0]!.x).toBeGreaterThanOrEqual(18);
  expect(signs.map(({ text }) => text?.anchor)).toEqual(['end', 'start']);
});

test('a text without room is dropped, its sign stays', () => {
  const faults = [10, 30, 50].map((step) => ({ ...fault, step }));
  const signs = placeSigns({ faults, alerts: [] }, (step) => step, { left: 0, right: 60 }, widthOf);
  expect(signs).toHaveLength(3);
  expect(signs.map(({ text }) => text)).toEqual([null, null, null]);
});

test('a young fork is no longer than it has run', () => {
  expect(junction(100, 30, 60, 100)).toBe('M100 30C100 30 100 60 100 60H100');
  expect(junction(100, 30, 60, 300)).toBe('M100 30C116 30 116 60 132 60H300');
});

test('a number on the axis gives way to the cursor', () => {
  expect(axisSteps([0, 100, 200], (step) => step, [110]).map(({ step }) => step)).toEqual([0, 200]);
});

test('the track in words names every run, fault and alert', () => {
  const run: TrackRun = {
    id: 'b',
    name: 'Run B',
    note: 'fork: batch norm',
    tone: 'action',
    from: 384,
    to: 500,
    parent: 'a',
    forkAt: 384,
    checkpoints: [],
    faults: [fault],
    alerts: [alert],
  };
  expect(trackWords([run])).toBe(
    'Run B, fork: batch norm, forked at step 384 to step 500; learning rate ×10 at step 402; loss spike at step 404',
  );
});
