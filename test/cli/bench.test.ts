import { describe, expect, test } from 'vitest';
import { compiledPlain } from '../../src/cli/bench/compiledContenders.ts';
import type { Contender } from '../../src/cli/bench/contender.ts';
import { convnetjs } from '../../src/cli/bench/convnetContender.ts';
import { measureGoals } from '../../src/cli/bench/goals.ts';
import { Entrant, measureCost, pairedRatio } from '../../src/cli/bench/measure.ts';
import { nets } from '../../src/cli/bench/nets.ts';
import { parseCommandLine } from '../../src/cli/bench/options.ts';
import { makeReferee } from '../../src/cli/bench/referee.ts';
import { jsonReport } from '../../src/cli/bench/report.ts';
import type { BenchResult, Row } from '../../src/cli/bench/result.ts';
import { median, spread } from '../../src/cli/bench/statistics.ts';
import { comparedSteps, makeTask, region, transposed } from '../../src/cli/bench/task.ts';
import { checkNames, roundsOf } from '../../src/cli/bench/wishes.ts';

const row = (change: Partial<Row>): Row => ({
  net: 'tiny',
  engine: 'compiled',
  execution: 'resident',
  optimizer: 'sgd',
  telemetry: 'core',
  msPerStep: 0.5,
  spread: 0.1,
  dispatchesPerStep: 0.1,
  readbackBytesPerStep: 76,
  replicas: 1,
  lossAt100: 0.2,
  valid: true,
  ...change,
});

const result = (rows: readonly Row[], rest: Partial<BenchResult> = {}): BenchResult => ({
  adapter: 'none',
  rows,
  overhead: [],
  scaling: [],
  paced: [],
  maps: [],
  ...rest,
});

const peer = row({ engine: 'tfjs-webgpu', execution: 'eager', telemetry: 'off', msPerStep: 25 });
const figure = (measured: BenchResult, name: RegExp) =>
  measureGoals(measured).find((found) => name.test(found.name));

const roundsWith = (...args: string[]) => roundsOf(parseCommandLine(args).bench);
const wishNames = (...args: string[]): string[] =>
  roundsWith(...args).flatMap(({ net, optimizer, wishes }) =>
    wishes.map(({ kind, telemetry }) =>
      [net.id, optimizer, kind.engine, kind.execution, telemetry].join(' '),
    ),
  );

describe('arithmetic', () => {
  test('the median is the middle value, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 9, 1])).toBe(9);
    expect(median([])).toBeNaN();
  });

  test('the spread is (largest − smallest) ÷ median', () => {
    expect(spread([1, 2, 4])).toBe(1.5);
  });

  test('weights transposed twice are as before', () => {
    const weights = Float32Array.of(1, 2, 3, 4, 5, 6);
    const turned = transposed(weights, 2, 3);
    expect([...turned]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(transposed(turned, 3, 2)).toEqual(weights);
  });

  test('a region that is missing is named', () => {
    expect(() => region(new Map([['weights.1', new Float32Array(1)]]), 'biases.1')).toThrow(
      'no biases.1; there are weights.1',
    );
  });
});

describe('the speed table', () => {
  test('divides the peer by ours', () => {
    const found = figure(result([row({}), peer]), /tfjs-webgpu/);
    expect(found).toMatchObject({ ratio: 50, limit: 40, bound: 'at least', reached: true });
  });

  test('a ratio below what is wanted is missed', () => {
    const slow = result([row({ msPerStep: 1 }), peer]);
    expect(figure(slow, /tfjs-webgpu/)).toMatchObject({ ratio: 25, reached: false });
  });

  test('a failed row misses what it is needed for', () => {
    const failed = row({ msPerStep: null, valid: false, failure: 'no adapter' });
    expect(figure(result([failed, peer]), /tfjs-webgpu/)).toMatchObject({ ratio: null, reached: false });
  });

  test('says nothing of rows that were not asked for', () => {
    expect(measureGoals(result([peer]))).toEqual([]);
  });

  test.each([
    [1.12, true],
    [1.13, false],
  ])('an overhead of %d on tiny is reached: %s', (ratio, reached) => {
    const measured = result([row({}), row({ telemetry: 'off' })], {
      overhead: [{ net: 'tiny', execution: 'resident', ratio }],
    });
    expect(figure(measured, /core telemetry ÷ off/)).toMatchObject({ ratio, reached });
  });

  test('64 replicas are compared with one', () => {
    const rows = [row({}), row({ replicas: 64 })];
    const scaling = [{ net: 'tiny', replicas: 64, ratio: 1.5 }];
    expect(figure(result(rows, { scaling }), /64 replicas/)).toMatchObject({ ratio: 1.5, reached: true });
    expect(figure(result(rows), /64 replicas/)).toMatchObject({ ratio: null, reached: false });
  });

  test.each([
    [0.049, true],
    [0.051, false],
    [NaN, false],
  ])('OpenTelemetry that takes %d of a step is reached: %s', (telemetry, reached) => {
    const paced = [{ net: 'tiny', telemetry, detectors: 0.9 }];
    expect(figure(result([], { paced }), /OpenTelemetry/)).toMatchObject({ ratio: telemetry, reached });
    expect(figure(result([]), /OpenTelemetry/)).toBeUndefined();
  });
});

test('--json has the rows and overheads of the issue, and survives JSON', () => {
  const measured = result([row({})], { overhead: [{ net: 'tiny', execution: 'resident', ratio: 1.1 }] });
  const report = jsonReport(measured, measureGoals(measured));
  expect(Object.keys(report)).toEqual(['adapter', 'rows', 'overhead', 'ratios']);
  expect(Object.keys(report.rows[0]!)).toEqual([
    'net',
    'engine',
    'execution',
    'optimizer',
    'telemetry',
    'msPerStep',
    'spread',
    'dispatchesPerStep',
    'readbackBytesPerStep',
    'replicas',
    'lossAt100',
    'valid',
  ]);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

describe('which rows are measured', () => {
  test('by default those of the speed table alone', () => {
    const names = wishNames();
    expect(names).toContain('tiny sgd tfjs-webgpu eager off');
    expect(names).toContain('wide sgd compiled staged core');
    expect(names.filter((name) => /adam|naive|wasm|convnetjs|wide sgd tfjs/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('with --all every net, optimizer and telemetry that an engine has', () => {
    const names = wishNames('--all');
    expect(names).toContain('wide adam tfjs-webgpu eager naive');
    expect(names).toContain('digits sgd convnetjs scalar off');
    expect(names.filter((name) => name.includes('adam convnetjs'))).toEqual([]);
  });

  test('--net and --engine choose; an engine that is named is measured on every net', () => {
    expect(wishNames('--net', 'digits').every((name) => name.startsWith('digits sgd'))).toBe(true);
    expect(wishNames('--engine', 'jax-js-wasm')).toEqual([
      'tiny sgd jax-js-wasm jit off',
      'digits sgd jax-js-wasm jit off',
      'wide sgd jax-js-wasm jit off',
    ]);
    expect(wishNames('--net', 'tiny', '--engine', 'compiled.plain')).toEqual([
      'tiny sgd compiled plain off',
      'tiny sgd compiled plain core',
    ]);
  });

  test('replicas run on tiny with SGD alone', () => {
    expect(roundsWith('--all').map(({ replicas }) => replicas.join())).toEqual(['64', '', '', '', '', '']);
    expect(roundsWith('--replicas', '1,64,1024')[0]?.replicas).toEqual([64, 1024]);
    expect(roundsWith('--engine', 'tfjs-cpu')[0]?.replicas).toEqual([]);
  });
});

describe('a command line that is not understood', () => {
  test('says what stands there and what there is', () => {
    expect(() => parseCommandLine(['--repeats', 'many'])).toThrow('--repeats many: must be a whole number');
    expect(() => parseCommandLine(['--fast'])).toThrow('--fast');
    expect(() => {
      checkNames(parseCommandLine(['--net', 'huge']).bench);
    }).toThrow('--net huge: there are tiny, digits, wide');
    expect(() => {
      checkNames(parseCommandLine(['--engine', 'torch']).bench);
    }).toThrow('--engine torch: there are compiled');
  });
});

describe('contenders', () => {
  const tiny = () => makeTask(nets[0]!, 'sgd', () => Promise.reject(new Error('tiny needs no file')));

  test('the referee accepts those that train the same network, and no other', async () => {
    const task = await tiny();
    const referee = await makeReferee(task);
    for (const kind of [compiledPlain, convnetjs]) {
      const contender = await kind.open(task, 'off');
      const before = await referee.lossOf(await contender.parameters());
      await contender.run(comparedSteps);
      const after = await referee.lossOf(await contender.parameters());
      contender.dispose();
      expect([referee.accepts(before), referee.accepts(after)], kind.engine).toEqual([false, true]);
    }
  });

  /** Counts as a program on a GPU would: 4 steps per dispatch, one readback per run. */
  const counting = (replicas: number): Contender => {
    const counters = { steps: 0, dispatches: 0, submits: 0, maps: 0, readbackBytes: 0 };
    return {
      replicas,
      counters,
      run: (steps) => {
        counters.steps += steps;
        counters.dispatches += steps / 4;
        counters.maps++;
        counters.readbackBytes += steps * replicas * 76;
        return Promise.resolve();
      },
      parameters: () => Promise.resolve(new Map()),
      dispose: () => undefined,
    };
  };

  test('what a step costs comes from the counters, bytes per replica', async () => {
    const entrant = new Entrant(counting(64));
    entrant.steps = 8;
    await entrant.run(100);
    expect(await measureCost(entrant, true)).toMatchObject({ dispatches: 0.25, readbackBytes: 76 });
  });

  test('a pair is timed over the same steps', async () => {
    const [core, off] = [new Entrant(counting(1)), new Entrant(counting(1))];
    core.steps = 8;
    off.steps = 16;
    await off.run(20);
    await pairedRatio(core, off, 3);
    expect([core.done, off.done]).toEqual([44, 44]);
  });
});
