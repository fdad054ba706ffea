import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Draw } from '../../src/cli/quality/draw.ts';
import { beatenBy, measureGoals } from '../../src/cli/quality/goals.ts';
import { healthyTrial } from '../../src/cli/quality/healthy.ts';
import { rightCells } from '../../src/cli/quality/matrix.ts';
import type { Change } from '../../src/core/change.ts';
import { parseCommandLine } from '../../src/cli/quality/options.ts';
import { splitJobs } from '../../src/cli/quality/replicas.ts';
import { outsideJob, readOutside } from '../../src/cli/quality/outside.ts';
import { jobsOf } from '../../src/cli/quality/plan.ts';
import { remedyFaults } from '../../src/cli/quality/remedyFaults.ts';
import { RemedyTally } from '../../src/cli/quality/remedyTally.ts';
import { jsonReport } from '../../src/cli/quality/report.ts';
import { firstAlarm, Score } from '../../src/cli/quality/score.ts';
import { median, quantile } from '../../src/cli/quality/statistics.ts';
import { subjects } from '../../src/cli/quality/subjects/index.ts';
import { kindAt } from '../../src/cli/quality/subjects/subject.ts';
import { DetectorTally, Tally } from '../../src/cli/quality/tally.ts';
import type { Outcome, Verdict } from '../../src/cli/quality/trial.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { detectors } from '../../src/detectors/index.ts';
import { publishedRules } from '../../src/detectors/published/index.ts';

const quiet: Outcome = { verdicts: {}, firing: {}, raised: {}, rules: {} };
const effective = (from: number, early = 0): Verdict => ({ effect: 'effective', from, early, until: null });
const control = { kind: 'control', trial: healthyTrial(0, new Draw(1, 'healthy', 0)) } as const;
const trained = (outcome: Partial<Outcome>) =>
  ({ kind: 'trained', outcome: { ...quiet, ...outcome } }) as const;

describe('arithmetic', () => {
  test('median and quantiles are values that were measured', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(10);
    expect(quantile([5], 0.9)).toBe(5);
    expect(median([])).toBeNaN();
  });

  test('an alarm that is on when the fault comes counts from the fault', () => {
    expect(firstAlarm([[10, 20]], 15)).toBe(15);
    expect(firstAlarm([[10, 15]], 15)).toBeUndefined();
    expect(
      firstAlarm(
        [
          [40, 41],
          [30, 31],
        ],
        15,
      ),
    ).toBe(30);
    expect(firstAlarm(undefined, 0)).toBeUndefined();
  });

  test('latency is counted from the fault, and is null where nothing was found', () => {
    const score = new Score();
    expect(score.line).toMatchObject({ effective: 0, latencyMedian: null, latencyP90: null });
    score.fault(effective(100), [[103, 110]]);
    score.fault(effective(100), [[50, 60]]);
    score.fault(effective(100, 20), [[90, 95]]);
    expect(score.line).toMatchObject({ effective: 3, detected: 2, latencyMedian: 3 });
    expect(score.latencies).toEqual([3, 0]);
    score.fault({ ...effective(100), until: 200 }, [[250, 260]]);
    expect(score.line).toMatchObject({ effective: 4, detected: 2 });
  });

  test('a cell of the matrix is right where expected fires and the rest is quiet; what may fire may', () => {
    const declared = { expected: ['loss-spike'], may: ['dead-neurons'] };
    const all = detectors.length;
    expect(rightCells(declared, { 'loss-spike': [[1, 2]] })).toBe(all);
    expect(rightCells(declared, { 'loss-spike': [[1, 2]], 'dead-neurons': [[1, 2]] })).toBe(all);
    expect(rightCells(declared, {})).toBe(all - 1);
    expect(rightCells(declared, { overfit: [[1, 2]] })).toBe(all - 2);
  });
});

describe('what is counted', () => {
  test('a control counts for every detector but those that it is not clearly healthy for', () => {
    const tally = new Tally();
    const verdicts = { overfit: { effect: 'unclear', from: 0, early: 0, until: null } } as const;
    tally.add(control, trained({ verdicts, firing: { 'loss-spike': [[5, 9]] } }));
    const { detectors: lines } = jsonReport(tally);
    expect(lines['loss-spike']).toMatchObject({ healthyRuns: 1, falselyAlarmed: 1 });
    expect(lines['dead-neurons']).toMatchObject({ healthyRuns: 1, falselyAlarmed: 0 });
    expect(lines['overfit']).toMatchObject({ healthyRuns: 0 });
  });

  test('a fault that did nothing is reported apart', () => {
    const tally = new Tally(['loss-spike']);
    const job = { kind: 'fault', subject: 'loss-spike', trial: control.trial } as const;
    const none = { effect: 'none', from: 0, early: 0, until: null } as const;
    tally.add(job, trained({ verdicts: { 'loss-spike': none }, firing: { 'loss-spike': [[5, 9]] } }));
    expect(jsonReport(tally)).toMatchObject({
      detectors: { 'loss-spike': { effective: 0, detected: 0, healthyRuns: 0 } },
      ineffective: { 'loss-spike': 1 },
    });
  });

  test('rules are counted on the same runs as the detector of their pattern', () => {
    const rule = publishedRules.find(({ pattern }) => pattern === 'overfit')!;
    const tally = new DetectorTally('overfit');
    const { trial } = control;
    tally.control(trial, { ...quiet, firing: { overfit: [[3, 4]] } });
    tally.fault(trial, { ...quiet, verdicts: { overfit: effective(2) }, rules: { [rule.id]: [[7, 8]] } });
    expect(tally.rules.get(rule.id)?.line).toMatchObject({
      falselyAlarmed: 0,
      detected: 1,
      latencyMedian: 5,
    });
    expect(beatenBy(tally)).toEqual([rule.id]);
  });

  test('a warning before a spike that grew is a lead; one long before it is none', () => {
    const tally = new DetectorTally('loss-spike');
    const verdicts = { 'loss-spike': effective(500, 50) };
    for (const from of [490, 500, 100]) {
      tally.fault(control.trial, { ...quiet, verdicts, raised: { 'loss-spike': [[from, from + 1]] } });
    }
    expect(tally.leads).toEqual({ spikes: 3, warnedBefore: 1 });
  });

  test('remedies are counted beside nothing and a random one', () => {
    const tally = new RemedyTally();
    const pressed = { remedy: 'clip', isFirst: true, recoveredByNothing: false, recoveredByRandom: false };
    tally.add('loss-spike', [{ ...pressed, recovered: true }]);
    tally.add('loss-spike', [{ ...pressed, recovered: false, recoveredByRandom: true, isFirst: false }]);
    const line = { runs: 2, recovered: 1, recoveredByNothing: 0, recoveredByRandom: 1 };
    expect(tally.byRemedy).toEqual({ clip: line });
    expect(tally.firstByDetector['loss-spike']).toMatchObject({ runs: 1, recovered: 1 });
  });

  test('what was not measured reaches no goal', () => {
    const goals = measureGoals(new Tally(['overfit']));
    expect(goals.map(({ reached }) => reached)).toEqual([false, false, true]);
  });

  test('--json has the keys of the issue, and survives JSON', () => {
    const report = jsonReport(new Tally());
    expect(Object.keys(report)).toEqual(['detectors', 'rules', 'matrix', 'remedies', 'ineffective']);
    expect(Object.keys(Object.values(report.detectors)[0]!)).toEqual([
      'healthyRuns',
      'falselyAlarmed',
      'effective',
      'detected',
      'latencyMedian',
      'latencyP90',
    ]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('what is trained', () => {
  test('every detector has faults and a truth, and no more are measured than there are', () => {
    expect(subjects.map(({ id }) => id).sort()).toEqual(detectors.map(({ id }) => id).sort());
  });

  const kindsOf = subjects.flatMap((subject) => subject.kinds.map((kind) => ({ subject, kind })));
  test.each(kindsOf)(
    '$subject.id, $kind.label: causes stand on the timeline and concern it',
    ({ subject, kind }) => {
      for (const seed of [1, 2, 3]) {
        const { recipe, at, steps } = kind.make(new Draw(seed, subject.id, 0));
        expect(parseRecipe(recipe)).toEqual(recipe);
        expect(recipe.timeline[0]?.at).toBe(at);
        expect(at).toBeLessThan(steps);
        expect(recipe.timeline.some(({ change }) => subject.concerns(change, recipe))).toBe(true);
      }
    },
  );

  test('healthy controls are recipes, and concern no detector', () => {
    for (let number = 0; number < 60; number++) {
      const { recipe, label } = healthyTrial(number, new Draw(number, 'healthy', number));
      expect(parseRecipe(recipe), label).toEqual(recipe);
      const concerned = subjects.filter((subject) =>
        recipe.timeline.some(({ change }) => subject.concerns(change, recipe)),
      );
      expect(
        concerned.map(({ id }) => id),
        label,
      ).toEqual([]);
    }
  });

  test('the same trial has the same recipe, another number another', () => {
    const [a, b, c] = [3, 3, 4].map((number) => healthyTrial(number, new Draw(7, 'healthy', number)));
    expect(a).toEqual(b);
    expect(c).not.toEqual(a);
  });

  test('kinds take turns by their weights', () => {
    const kinds = [{ weight: 3 }, { weight: 1 }] as const;
    const turns = Array.from({ length: 8 }, (_, number) => kindAt(kinds, number).weight);
    expect(turns.filter((weight) => weight === 3)).toHaveLength(6);
  });

  test('held-out seeds by default, no tuned one among them; --seeds chooses', () => {
    const seeds = (...args: string[]) => jobsOf(parseCommandLine(args)).map(({ trial }) => trial.recipe.seed);
    expect(Math.min(...seeds())).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...seeds('--seeds', '1-199'))).toBeLessThanOrEqual(199);
  });

  test('--quick trains about a tenth, --only what it names with the controls', () => {
    const count = (...args: string[]) => jobsOf(parseCommandLine(args)).length;
    expect(count('--quick') / count()).toBeLessThan(0.11);
    const only = jobsOf(parseCommandLine(['--only', 'overfit']));
    expect(new Set(only.map(({ kind }) => kind))).toEqual(new Set(['control', 'fault']));
    const asked = jobsOf(parseCommandLine(['--only', 'remedies', '--quick']));
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(['remedies']));
  });

  test('remedies are measured for the first three patterns', () => {
    const answered = new Set(remedyFaults.map(({ detector }) => detector));
    for (const id of ['loss-spike', 'dead-neurons', 'overfit']) expect(answered).toContain(id);
  });
});

describe('on a GPU', () => {
  const jobs = jobsOf(parseCommandLine(['--quick', '--gpu']));
  const { replicated, others } = splitJobs(jobs);

  test('the seeds of a scenario are replicas of one program, and nothing is lost or done twice', () => {
    expect(new Set([...replicated.flat(), ...others])).toEqual(new Set(jobs));
    expect(replicated.flat().length + others.length).toBe(jobs.length);
    for (const group of replicated) expect(new Set(group.map(({ scenario }) => scenario)).size).toBe(1);
    expect(replicated.length).toBeGreaterThan(25);
  });

  test('a scenario that opens a further run, or changes its structure on the way, is no replica', () => {
    const [job] = replicated[0]!;
    const at = (change: Change, rewindTo?: number) => {
      const entry = { at: 9, by: 'edit', change, ...(rewindTo === undefined ? {} : { rewindTo }) };
      return { ...job!, trial: { ...job!.trial, recipe: { ...job!.trial.recipe, timeline: [entry] } } };
    };
    const alone = [
      at({ kind: 'set', settings: { batchNorm: true } }),
      at({ kind: 'scale-rate', factor: 0.1 }, 3),
    ];
    expect(splitJobs(alone)).toEqual({ replicated: [], others: alone });
    expect(splitJobs([at({ kind: 'scale-rate', factor: 0.1 })]).others).toEqual([]);
  });
});

describe('a command line that is not understood', () => {
  test.each([
    [['--seeds', '9-1'], '--seeds 9-1: must be two whole numbers'],
    [['--seeds', 'many'], '--seeds many: must be'],
    [['--only', 'loss'], '--only loss: there is none of that name, but “loss-spike”'],
    [['--threads', '0'], '--threads 0: must be'],
    [['--fast'], '--fast'],
  ])('%s', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});

describe('runs from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quality-'));
  const read = (value: unknown) => {
    const path = join(folder, 'runs.json');
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return readOutside(path);
  };
  const raise = { at: 400, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } };

  test('are recipes, or recipes with a label and what must fire', async () => {
    const runs = await read([
      { seed: 5 },
      { recipe: { timeline: [raise] }, label: 'spike', expected: ['loss-spike'] },
    ]);
    expect(runs.map(({ label, expected }) => ({ label, expected }))).toEqual([
      { label: 'run 1', expected: undefined },
      { label: 'spike', expected: ['loss-spike'] },
    ]);
    expect(runs.map(outsideJob)).toMatchObject([
      { number: 1, subjects: [], trial: { at: 0, steps: 2000 } },
      { number: 2, subjects: ['loss-spike'], trial: { at: 400, steps: 2000 } },
    ]);
  });

  test('are judged by what their timeline concerns where they do not say', async () => {
    const [run] = await read([{ timeline: [{ ...raise, at: 1900 }] }]);
    expect(outsideJob(run!, 0)).toMatchObject({
      subjects: ['dead-neurons', 'loss-spike'],
      trial: { at: 1900, steps: 2700 },
    });
  });

  test.each([
    ['an unknown field', [{}, { seeed: 6 }], 'run 2: Recipe field “seeed”'],
    ['a timeline out of order', [{ timeline: [raise, { ...raise, at: 3 }] }], 'timeline.1.at'],
    [
      'a threshold that is no number',
      [{ thresholds: { 'loss-spike.firing': 'x' } }],
      'thresholds.loss-spike',
    ],
    [
      'a threshold that does not exist',
      [{ thresholds: { 'loss-spike.loud': 1 } }],
      'thresholds.loss-spike.loud',
    ],
    ['an impossible split', [{ data: 'penguins', classes: 3, train: 2000 }], 'Recipe field “train” is 2000'],
    ['a field beside the recipe', [{ recipe: {}, expect: [] }], '“expect”: there are '],
    ['a detector that does not exist', [{ recipe: {}, expected: ['loss'] }], '“expected” is ["loss"]'],
    ['a label that is no text', [{ recipe: {}, label: 5 }], '“label” is 5'],
    ['no list', { recipe: {} }, 'must be a list of recipes'],
    ['no JSON', '[', 'runs.json: '],
  ])('with %s are refused by name', async (_, value, message) => {
    await expect(read(value)).rejects.toThrow(message);
  });
});
