// Replays: what a rule would have said of the rows so far, as they come.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { History } from '../../../src/app/state/history.svelte.ts';
import { detectorCandidate, Replay, ruleCandidate } from '../../../src/app/state/replay.svelte.ts';
import { settingsThrough } from '../../../src/app/state/unemitted.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { watchContextOf } from '../../../src/detectors/monitor.ts';
import { publishedRules } from '../../../src/detectors/published/index.ts';
import { layout, packedRows } from './rows.ts';

const recipe = parseRecipe({});

function source(history: History, of = recipe) {
  const settings = settingsThrough({ recipe: of, generation: 0 });
  return { history, settings, context: watchContextOf(of, layout, { settings, inputs: 2 }) };
}

function rows(first: number, count: number, spikeAt: number) {
  return packedRows(first, count, (step) => ({ loss: 0.2, gradientNorm: step === spikeAt ? 9 : 1 }));
}

function historyWith(spikeAt: number): History {
  const history = new History(layout, 10, 2);
  history.append(rows(0, 100, spikeAt));
  return history;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a detector with another threshold alarms where it would have', () => {
  const replay = new Replay();
  const history = historyWith(80);
  replay.watch(source(history), [detectorCandidate('loss-spike', { 'loss-spike.warning': 5 })]);
  vi.runAllTimers();
  expect(replay.alarms['loss-spike']?.map(({ step }) => step)).toEqual([80]);
  replay.watch(source(history), [detectorCandidate('loss-spike', { 'loss-spike.warning': 20 })]);
  vi.runAllTimers();
  expect(replay.alarms['loss-spike']).toEqual([]);
});

test('rows that arrive later are seen too, and none twice', () => {
  const replay = new Replay();
  const history = historyWith(80);
  replay.watch(source(history), [detectorCandidate('loss-spike', {})]);
  vi.runAllTimers();
  history.append(rows(100, 100, 180));
  replay.follow();
  vi.runAllTimers();
  expect(replay.alarms['loss-spike']?.map(({ step }) => step)).toEqual([80, 180]);
});

test('a rule that stays in alarm has alarmed once', () => {
  const rule = publishedRules.find(({ id }) => id === 'kl-batch')!;
  let isOver = false;
  const say = ruleCandidate({ ...rule, watch: () => () => isOver }).start(source(historyWith(0)).context);
  const said = [false, true, true, false, true].map((over) => {
    isOver = over;
    return say(historyWith(0).rows(0, 1), 0);
  });
  expect(said).toEqual([undefined, 'firing', undefined, undefined, 'firing']);
});

test('a signal that is not emitted raises nothing', () => {
  const hidden = parseRecipe({ unemitted: ['gradient_norm'] });
  const replay = new Replay();
  replay.watch(source(historyWith(80), hidden), [detectorCandidate('loss-spike', {})]);
  vi.runAllTimers();
  expect(replay.alarms['loss-spike']).toEqual([]);
});
