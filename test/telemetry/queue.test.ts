// What a queue of the transport's size keeps and drops, one request per tenth of a second.
import { expect, test } from 'vitest';
import { Queue } from '../../src/telemetry/queue.ts';

const megabyte = 1024 * 1024;

test('an export every five seconds is gone before the next one comes', () => {
  const queue = new Queue();
  for (let k = 0; k < 20; k++) {
    queue.add(20, 2500, 5000 * k);
    expect(queue.queued).toBeLessThanOrEqual(20);
  }
  expect(queue).toMatchObject({ points: 400, dropped: 0 });
});

test('sixty exports a second overflow it: ten a second are sent, 8 MiB wait, the rest is dropped', () => {
  const queue = new Queue();
  const [seconds, bytes] = [30, 90_000];
  for (let k = 0; k < seconds * 60; k++) queue.add(847, bytes, (1000 * k) / 60);
  expect(queue.points).toBe(seconds * 60 * 847);
  const waiting = queue.queued / 847;
  expect(waiting).toBe(Math.floor((8 * megabyte) / bytes));
  const sent = queue.points / 847 - queue.dropped / 847 - waiting;
  expect(sent).toBeGreaterThanOrEqual(seconds * 10 - 1);
  expect(sent).toBeLessThanOrEqual(seconds * 10 + 1);
});

test('a thousand exports wait at most, however small they are', () => {
  const queue = new Queue();
  for (let k = 0; k < 5000; k++) queue.add(1, 10, 0);
  expect(queue.queued).toBe(1000);
  expect(queue.dropped).toBe(5000 - 1000 - 1);
});

test('an export larger than all of it falls out alone with what was before it, and the next one is kept', () => {
  const queue = new Queue();
  queue.add(5, 10, 0);
  queue.add(7, 9 * megabyte, 1);
  expect(queue.dropped).toBe(7);
  queue.add(3, 10, 2);
  expect(queue.queued).toBe(3);
});

test('it goes on sending after a rest, no faster than before', () => {
  const queue = new Queue();
  for (let k = 0; k < 50; k++) queue.add(1, 10, 0);
  queue.add(1, 10, 1_000_000);
  expect(queue.queued).toBe(1);
  for (let k = 0; k < 50; k++) queue.add(1, 10, 1_000_001);
  expect(queue.queued).toBe(50);
});
