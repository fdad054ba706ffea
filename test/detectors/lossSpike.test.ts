// Loss spike: a gradient norm ≥ 5× its rolling average warns; a loss that leaves its course fires.
import { describe, expect, test } from 'vitest';
import { normal, streams } from '../../src/core/random.ts';
import { lossSpike } from '../../src/detectors/lossSpike.ts';
import { eventsOf, findingsOf, repeat, rowsOf, told, type Values } from './rows.ts';

const row = (norm: number, loss = 0.5): Values => ({ gradient_norm: norm, update_ratio: 0.01, loss });
const quiet = (count: number) => repeat(count, () => row(1));
/** A jump of the update ratio warns of nothing, and puts the loss under suspicion. */
const jump: Values = { ...row(1), update_ratio: 0.07 };
const losses = (...values: readonly number[]) => values.map((loss) => row(1, loss));
const justBelow = (value: number) => value * (1 - 2 ** -24);

function says(rows: readonly Values[], overrides?: Readonly<Record<string, number>>): readonly string[] {
  return told(eventsOf(lossSpike, rowsOf(rows), overrides));
}

describe('a gradient norm', () => {
  test.each<[norm: number, said: readonly string[]]>([
    [justBelow(5), []],
    [5, ['warning@50']],
    [10, ['warning@50']],
    [1e30, ['warning@50']],
  ])(
    'of %d times its average: %j, for without a loss that has left its course nothing fires',
    (norm, said) => {
      expect(says([...quiet(50), row(norm)])).toEqual(said);
    },
  );

  test('is judged from the twentieth step before it on', () => {
    expect(says([...quiet(19), row(10)])).toEqual([]);
    expect(says([...quiet(20), row(10)])).toEqual(['warning@20']);
  });

  test('is held against the 50 steps before it, and no earlier ones', () => {
    const rows = [...repeat(200, () => row(100)), ...quiet(50), row(5)];
    expect(says(rows)).toEqual(['warning@250']);
    expect(says(rows.toSpliced(249, 1))).toEqual([]);
  });

  test('is held against an average in which it does not count itself', () => {
    const [finding] = findingsOf(eventsOf(lossSpike, rowsOf([...quiet(50), row(6)])));
    expect(finding?.evidence[0]).toEqual({ signal: 'gradient_norm', value: 6, baseline: 1, threshold: 5 });
  });

  test.each([NaN, Infinity, -Infinity])(
    'of %d is none of its business, and leaves the average as it was',
    (norm) => {
      expect(says([...quiet(50), row(norm), row(5)])).toEqual(['warning@51']);
    },
  );

  test('of 0 for ever raises nothing', () => {
    expect(says(repeat(200, () => row(0)))).toEqual([]);
  });

  test('is judged by the threshold of the recipe', () => {
    const overrides = { 'loss-spike.warning': 3, 'overfit.ratio': 1 };
    expect(says([...quiet(50), row(justBelow(3))], overrides)).toEqual([]);
    expect(says([...quiet(50), row(3)], overrides)).toEqual(['warning@50']);
  });
});

describe('a loss by itself', () => {
  test('fires at once where it is above 2.5 times what it was and 0.8 more', () => {
    expect(says([...quiet(50), row(1, 1.29)])).toEqual([]);
    expect(says([...quiet(50), row(1, 1.31)])).toEqual(['firing@50']);
  });

  test.each<[claim: string, values: readonly number[], said: readonly string[]]>([
    ['once is chance', [1.1, 0.5, 0.5, 0.5, 0.5], []],
    ['twice running is not', [1.1, 1.1], ['firing@51']],
    ['twice in four is not', [1.1, 0.5, 0.5, 1.1], ['firing@53']],
    ['twice in five is', [1.1, 0.5, 0.5, 0.5, 1.1], []],
  ])('that is twice what it was and 0.35 more: %s', (_, values, said) => {
    expect(says([...quiet(50), ...losses(...values)])).toEqual(said);
  });

  test('below that is left alone, for as long as it stays there', () => {
    expect(says([...quiet(50), ...repeat(200, () => row(1, 0.99))])).toEqual([]);
  });

  test('is judged from the twentieth finite loss on', () => {
    const blind = repeat(30, () => row(1, NaN));
    expect(says([...blind, ...quiet(19), row(1, 99)])).toEqual([]);
    expect(says([...blind, ...quiet(20), row(1, 99)])).toEqual(['firing@50']);
  });

  test.each([NaN, Infinity])('of %d is none at all: it fires', (loss) => {
    expect(says([...quiet(50), row(1, loss)])).toEqual(['firing@50']);
    expect(says([...quiet(19), row(1, loss)])).toEqual([]);
  });

  test('that falls, however far, is what training is for', () => {
    expect(says([...quiet(50), jump, ...losses(0.1, 0, -1, -Infinity, 0.5)])).toEqual([]);
  });
});

describe('after a jump', () => {
  test('of the update ratio by more than 5 times, one step that is far out is enough', () => {
    expect(says([...quiet(50), jump, ...losses(0.7)])).toEqual(['firing@51']);
    expect(says([...quiet(50), { ...jump, update_ratio: 0.049 }, ...losses(0.7)])).toEqual([]);
    expect(says([...quiet(50), ...losses(0.7, 0.7)])).toEqual([]);
  });

  test('of the gradient norm alone is a noisy batch, where the update ratio is emitted', () => {
    expect(says([...quiet(50), row(7), ...losses(0.7, 0.7)])).toEqual(['warning@50']);
    const only = ({ gradient_norm, loss }: Values): Values => ({
      gradient_norm: gradient_norm ?? NaN,
      loss: loss ?? NaN,
    });
    expect(says([...quiet(50), row(7), ...losses(0.7)].map(only))).toEqual(['warning@50', 'firing@51']);
  });

  test('evidence adds up, and a step as usual takes some of it away', () => {
    // Four deviations of 0.02 above what it was, less the allowance: 3.
    const some = (...values: readonly number[]) =>
      says([...repeat(50, () => row(1, 0.2)), { ...jump, loss: 0.2 }, ...losses(...values)]);
    expect(some(0.31, 0.31)).toEqual(['firing@52']);
    expect(some(0.28, 0.31)).toEqual(['firing@52']);
    expect(some(0.28, 0.2, 0.2, 0.2, 0.2, 0.29)).toEqual([]);
  });

  test('a loss within a deviation of what it was is no evidence', () => {
    expect(says([...quiet(50), jump, ...repeat(59, () => row(1, 0.52))])).toEqual([]);
  });

  test('no evidence counts while the loss is under 1.3 times what it was, or less than 0.1 above it', () => {
    expect(says([...quiet(50), jump, ...repeat(20, () => row(1, 0.64)), row(1, 0.66)])).toEqual([
      'firing@71',
    ]);
    const low = repeat(50, () => row(1, 0.1));
    expect(says([...low, { ...jump, loss: 0.1 }, ...repeat(20, () => row(1, 0.19))])).toEqual([]);
  });

  test('suspicion lasts 60 steps', () => {
    const suspected = (steps: number) => [...quiet(50), jump, ...quiet(steps), ...losses(0.7)];
    expect(says(suspected(59))).toEqual(['firing@110']);
    expect(says(suspected(60))).toEqual([]);
  });

  test('suspicion ends with the episode: what is forgiven counts no more', () => {
    const start = { ...row(7), update_ratio: 0.07 };
    const calm = (count: number) => [...quiet(50), start, ...quiet(count), ...losses(0.76)];
    expect(says(calm(4))).toEqual(['warning@50', 'firing@55']);
    expect(says(calm(5))).toEqual(['warning@50', 'resolved@55']);
  });

  test('nothing is learned from a loss under suspicion: it is held against what was before', () => {
    const rows = [...quiet(50), jump, ...repeat(30, () => row(1, 0.62)), ...losses(0.66)];
    const [finding] = findingsOf(eventsOf(lossSpike, rowsOf(rows)));
    expect(finding?.evidence[1]).toEqual({ signal: 'loss', value: Math.fround(0.66), baseline: 0.5 });
  });

  test('how large a jump and how much evidence is the recipe’s to say', () => {
    const rows = [...quiet(50), { ...jump, update_ratio: 0.04 }, ...losses(0.7, 0.7, 0.7)];
    expect(says(rows)).toEqual([]);
    expect(says(rows, { 'loss-spike.jump': 3 })).toEqual(['firing@51']);
    expect(says(rows, { 'loss-spike.jump': 3, 'loss-spike.firing': 20 })).toEqual(['firing@53']);
  });

  test('an infinite update ratio is a jump as well', () => {
    expect(says([...quiet(50), { ...jump, update_ratio: Infinity }, ...losses(0.7)])).toEqual(['firing@51']);
  });
});

describe('a validation loss', () => {
  const validated = (count: number, at: (step: number) => Values = () => ({})) =>
    repeat(count, (step) => {
      const values = { ...row(1), validation_loss: 0.5, evaluated_at: step - (step % 10), ...at(step) };
      return step === 50 ? { ...values, update_ratio: 0.07 } : values;
    });
  const from60 = (loss: number) => (step: number) => (step < 60 ? {} : { validation_loss: loss });

  test('that is 1.5 times what it was before a jump fires at its evaluation', () => {
    expect(says(validated(70, from60(0.76)))).toEqual(['firing@60', 'resolved@65']);
    expect(says(validated(70, from60(0.74)))).toEqual([]);
  });

  test('counts after a jump alone', () => {
    const steady = validated(80, from60(2)).map((values) => ({ ...values, update_ratio: 0.01 }));
    expect(says(steady)).toEqual([]);
  });

  test('is not judged where a row only repeats it', () => {
    expect(says(validated(60, (step) => (step > 50 ? { validation_loss: 9 } : {})))).toEqual([]);
  });

  test('without one before it has nothing to be held against', () => {
    const emitted = validated(70, from60(9)).map((values, step) =>
      step < 60 ? { ...row(1), update_ratio: values['update_ratio'] ?? 0 } : values,
    );
    expect(says(emitted)).toEqual([]);
  });

  test('of NaN after a jump fires', () => {
    expect(says(validated(70, from60(NaN)))[0]).toBe('firing@60');
  });
});

describe('an episode', () => {
  test('goes from warning to firing once, with the onset of the warning', () => {
    const rows = [...quiet(50), { ...row(7), update_ratio: 0.07 }, row(7), row(7, 0.7), row(300, 9)];
    const events = eventsOf(lossSpike, rowsOf(rows));
    expect(told(events)).toEqual(['warning@50', 'firing@52']);
    expect(findingsOf(events).map(({ onset }) => onset)).toEqual([50, 50]);
  });

  test('does not go from firing back to warning', () => {
    expect(says([...quiet(50), row(10, 3), row(8, 3), row(8, 3)])).toEqual(['firing@50']);
  });

  test('is over once the loss has been within 1.5 times its average from before for five steps', () => {
    const spike = [...quiet(50), row(10, 3), row(1, 3), row(1, 3)];
    expect(says([...spike, ...repeat(4, () => row(1, 0.75))])).toEqual(['firing@50']);
    expect(says([...spike, ...repeat(5, () => row(1, 0.75))])).toEqual(['firing@50', 'resolved@57']);
    expect(says([...spike, ...repeat(50, () => row(1, 0.76))])).toEqual(['firing@50']);
  });

  test('starts its five steps anew when the loss leaves again', () => {
    const again = [...repeat(4, () => row(1)), row(1, 2), ...repeat(5, () => row(1))];
    expect(says([...quiet(50), row(10, 3), ...again])).toEqual(['firing@50', 'resolved@60']);
  });

  test('is not over while the loss is NaN', () => {
    expect(says([...quiet(50), row(10, 3), ...repeat(100, () => row(NaN, NaN))])).toEqual(['firing@50']);
  });

  test('can be followed by another', () => {
    const rows = [...quiet(50), row(10, 3), ...quiet(60), row(10, 3)];
    expect(says(rows)).toEqual(['firing@50', 'resolved@55', 'firing@111']);
  });

  test('ends although no loss before it was finite', () => {
    const blind = repeat(50, () => row(1, Infinity));
    expect(says([...blind, row(10), ...quiet(200)])).toContain('resolved@55');
  });
});

describe('noise as of small batches', () => {
  const drawn = (seed: number, step: number, which: number) => normal(seed, streams.data, step, which);
  const noisy = (seed: number) =>
    repeat(1500, (step) => ({
      loss: 0.2 + 0.5 * Math.exp(-step / 60) + 0.05 * Math.abs(drawn(seed, step, 0)),
      gradient_norm: Math.exp(0.4 * drawn(seed, step, 1)),
      update_ratio: 0.01 * Math.exp(0.4 * drawn(seed, step, 2)),
    }));

  test('fires nothing in 20 runs', () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    expect(seeds.flatMap((seed) => says(noisy(seed)).filter((each) => each.startsWith('firing')))).toEqual(
      [],
    );
  });

  test('hides no loss that doubles after a jump', () => {
    const spiking = (seed: number) =>
      noisy(seed).map((values, step) => {
        if (step < 900) return values;
        return { ...values, loss: 2 * values['loss']! + 0.1, update_ratio: 12 * values['update_ratio']! };
      });
    for (let seed = 0; seed < 20; seed++) {
      const fired = findingsOf(eventsOf(lossSpike, rowsOf(spiking(seed)))).filter(
        ({ severity }) => severity === 'firing',
      );
      expect(fired[0]?.at).toBeGreaterThanOrEqual(900);
      expect(fired[0]?.at).toBeLessThanOrEqual(903);
    }
  });
});

describe('what was seen', () => {
  const said = (...rows: readonly Values[]) =>
    findingsOf(eventsOf(lossSpike, rowsOf([...quiet(50), ...rows]))).map((finding) =>
      lossSpike.observation(finding),
    );

  test('is told with its numbers', () => {
    expect(said(row(7), row(10, 3))).toEqual([
      'Gradient norm 7.0× its rolling average (limit 5×); loss 1.0× what it was.',
      expect.stringMatching(/^Loss 6\.0× what it was; gradient norm 8\.\d× its rolling average\.$/),
    ]);
  });

  test('is told without NaN where every gradient norm was 0', () => {
    const [finding] = findingsOf(eventsOf(lossSpike, rowsOf([...repeat(50, () => row(0)), row(0, 3)])));
    expect(lossSpike.observation(finding!)).toBe(
      'Loss 6.0× what it was; gradient norm 1.0× its rolling average.',
    );
  });
});

test.each<Values>([{ loss: 9 }, { gradient_norm: 100 }])(
  'rows of nothing but %j say nothing and count for nothing',
  (half) => {
    expect(says([...quiet(50), ...repeat(50, () => half), row(5)])).toEqual(['warning@100']);
  },
);
