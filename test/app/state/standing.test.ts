// Where runs stood, as a tab and the machine keep it: each tab for itself, whatever stands there, and without any storage.
import { describe, expect, test } from 'vitest';
import { Standings, type Standing } from '../../../src/app/state/standing.ts';

/** A browser's storage; `limit` = entries that it takes. */
function storage(limit = Infinity): Storage {
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      if (!(key in kept) && Object.keys(kept).length >= limit)
        throw new DOMException('full', 'QuotaExceededError');
      kept[key] = value;
    },
    removeItem: (key: string) => {
      Reflect.deleteProperty(kept, key);
    },
  };
  // As of a real one, its keys are properties of its own.
  return new Proxy(kept, {
    get: (target, key) => (key in methods ? methods[key as keyof typeof methods] : target[String(key)]),
  }) as unknown as Storage;
}

const now = Date.UTC(2026, 4, 1);
const standing: Standing = { search: '?scenario=moons', generation: 1, step: 1234, title: 'Moons', at: now };

describe('of a tab', () => {
  test('is there after a reload, and gone when it is forgotten', () => {
    const tab = storage();
    new Standings({ tab, machine: storage() }, 'a').keep(standing);
    const again = new Standings({ tab, machine: storage() }, 'b');
    expect(again.ofTab()).toEqual(standing);
    again.forget();
    expect(again.ofTab()).toBeUndefined();
  });

  test('what was accepted is said once', () => {
    const standings = new Standings({ tab: storage(), machine: storage() }, 'a');
    expect(standings.takeAccepted()).toBe(false);
    standings.accept(standing);
    expect([standings.takeAccepted(), standings.takeAccepted()]).toEqual([true, false]);
  });

  const damaged = [
    '',
    'no JSON',
    'null',
    '{}',
    '[1]',
    '{"search":"javascript:alert(1)","generation":0,"step":1}',
  ];
  test.each([
    ...damaged,
    JSON.stringify({ ...standing, step: -1 }),
    JSON.stringify({ ...standing, step: 'x' }),
  ])('%s is nothing', (text) => {
    const tab = storage();
    tab.setItem('trainwreck.tab', text);
    expect(new Standings({ tab, machine: undefined }, 'a').ofTab()).toBeUndefined();
  });
});

describe('two tabs on one machine', () => {
  test('do not disturb each other: what one keeps, leaves or takes back is its own', () => {
    const machine = storage();
    const one = new Standings({ tab: storage(), machine }, 'one');
    const other = new Standings({ tab: storage(), machine }, 'other');
    one.keep(standing);
    expect(other.ofTab()).toBeUndefined();
    expect(other.takeClosed(now)).toBeUndefined();
    one.leave(standing);
    other.leave({ ...standing, step: 7 });
    other.comeBack();
    expect(new Standings({ tab: storage(), machine }, 'third').takeClosed(now)).toEqual(standing);
  });

  test('a tab has the same name after a reload: it takes back what it left', () => {
    const [tab, machine] = [storage(), storage()];
    new Standings({ tab, machine }, 'first').leave(standing);
    new Standings({ tab, machine }, 'another').comeBack();
    expect(new Standings({ tab: storage(), machine }, 'third').takeClosed(now)).toBeUndefined();
  });

  test('of closed ones the last is offered, once, and none that is older than a month', () => {
    const machine = storage();
    const left = (step: number, days: number) =>
      new Standings({ tab: storage(), machine }, `tab ${step}`).leave({
        ...standing,
        step,
        at: now - days * 24 * 3600 * 1000,
      });
    left(1, 2);
    left(2, 1);
    left(3, 31);
    const fresh = new Standings({ tab: storage(), machine }, 'fresh');
    expect(fresh.takeClosed(now)?.step).toBe(2);
    expect(fresh.takeClosed(now)).toBeUndefined();
    left(4, 31);
    expect(fresh.takeClosed(now)).toBeUndefined();
  });
});

test.each([
  ['forbidden', undefined],
  ['full', storage(0)],
])('where storage is %s nothing is kept, and nothing throws', (_, kept) => {
  const standings = new Standings({ tab: kept, machine: kept }, 'a');
  standings.leave(standing);
  standings.accept(standing);
  standings.comeBack();
  expect(standings.ofTab()).toBeUndefined();
  expect(standings.takeAccepted()).toBe(false);
  expect(standings.takeClosed(now)).toBeUndefined();
});
