import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { float32Text } from '../../src/figures/csv.ts';
import { usualSteps } from '../../src/figures/usualSteps.ts';
import { Interrupted } from '../../src/cli/reproduce/train.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { readLink } from '../../src/scenarios/link.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { emptyFolder, recipeFile, run, runRecipe, smallRecipe, type Done } from './reproduction.ts';

const names = [
  'figure.svg',
  'findings.json',
  'link.txt',
  'recipe.json',
  'report.md',
  'rows.csv',
  'trace.json',
];

function allFiles(done: Done): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, done.read(name)]));
}

/** RFC 4180, as strictly as it reads. */
function parseCsv(text: string): string[][] {
  const records = text.split('\r\n');
  expect(records.pop()).toBe('');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  return records.map((record) =>
    [...record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    ),
  );
}

describe('a reproduction', () => {
  test('has the same files, to the byte, the second time', async () => {
    const [first, second] = [
      await runRecipe(smallRecipe, '--steps', '96'),
      await runRecipe(smallRecipe, '--steps', '96'),
    ];
    expect(first.status).toBe(0);
    expect(first.files).toEqual(names);
    expect(allFiles(second)).toEqual(allFiles(first));
  });

  test('has the same files again from the recipe that it wrote', async () => {
    const first = await runRecipe(smallRecipe, '--steps', '96');
    const again = await run(['--recipe', join(first.out, 'recipe.json'), '--steps', '96']);
    expect(allFiles(again)).toEqual(allFiles(first));
  });

  test('differs with another seed', async () => {
    const [first, other] = [
      await runRecipe(smallRecipe, '--steps', '32'),
      await runRecipe(smallRecipe, '--steps', '32', '--seed', '4'),
    ];
    expect(other.read('rows.csv')).not.toBe(first.read('rows.csv'));
    expect(JSON.parse(other.read('recipe.json'))).toMatchObject({ seed: 4 });
  });

  test('names no folder of this machine', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '96');
    for (const text of Object.values(allFiles(done))) {
      expect(text).not.toContain(done.out);
      expect(text).not.toContain(process.cwd());
    }
  });

  test('has a link that is its recipe', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '16');
    expect(readLink(done.read('link.txt')).recipe).toEqual(JSON.parse(done.read('recipe.json')));
  });

  test('trains for 800 steps after the last thing done, and at least 300 on images', () => {
    expect(usualSteps(parseRecipe({}))).toBe(800);
    expect(usualSteps(parseRecipe(smallRecipe))).toBe(848);
    expect(usualSteps(parseRecipe({ data: 'mnist', classes: 10, train: 100 }))).toBe(300);
  });
});

describe('rows.csv', () => {
  test('has a line per step and run, a field per column, and every value as it was', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '64');
    const [header = [], ...lines] = parseCsv(done.read('rows.csv'));
    expect(header.slice(0, 3)).toEqual(['generation', 'step', 'accuracy']);
    expect(header).toContain('dead_neuron_ratio.layer_2');
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([header.length]));
    const steps = lines.map(([generation, step]) => `${generation}:${step}`);
    expect(steps).toEqual([
      ...Array.from({ length: 64 }, (_, step) => `0:${step}`),
      ...Array.from({ length: 16 }, (_, step) => `1:${48 + step}`),
    ]);
    const loss = lines.map((line) => Number(line[header.indexOf('loss')]));
    expect(
      loss.every((value) => Number.isFinite(value) && value === Number(float32Text(Math.fround(value)))),
    ).toBe(true);
  });

  test('leaves absent fields empty and spells NaN and infinity', async () => {
    const recipe = {
      ...smallRecipe,
      activation: 'tanh',
      loss: 'squared-error',
      timeline: [
        { at: 5, by: 'edit', change: { kind: 'set', settings: { activation: 'linear', learningRate: 1e6 } } },
      ],
    };
    const done = await runRecipe(recipe, '--steps', '40');
    const [header = [], ...lines] = parseCsv(done.read('rows.csv'));
    expect(lines.every((line) => line[header.indexOf('dead_neuron_ratio.layer_1')] === '')).toBe(true);
    expect(lines.at(-1)?.[header.indexOf('loss')]).toBe('NaN');
    const findings: unknown = JSON.parse(done.read('findings.json'));
    expect(JSON.stringify(findings)).not.toContain('null,"baseline');
    for (const name of ['findings.json', 'trace.json']) expect(done.read(name)).not.toMatch(/"value": null/);
  });

  test.each([
    [0.1, '0.1'],
    [1 / 3, '0.333333'],
    [-0, '0'],
    [16777216, '16777216'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('writes %d so that it reads back', (value, start) => {
    const text = float32Text(Math.fround(value));
    expect(text.startsWith(start)).toBe(true);
    if (!Number.isNaN(value)) expect(Math.fround(Number(text))).toBe(Math.fround(value) + 0);
  });
});

describe('findings.json', () => {
  test('holds what was raised and resolved, with evidence, rule and cause, in every run', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '96');
    const { findings, runs } = JSON.parse(done.read('findings.json')) as {
      findings: Record<string, unknown>[];
      runs: unknown[];
    };
    expect(runs).toEqual([
      { generation: 0, begin: 0, end: 96 },
      { generation: 1, begin: 48, end: 96 },
    ]);
    const dead = findings.filter(({ detector, layer }) => detector === 'dead-neurons' && layer === 'layer_1');
    expect(dead[0]).toMatchObject({ generation: 0, severity: 'firing', resolved: null, inherited: false });
    expect(dead.at(-1)).toMatchObject({ generation: 1, inherited: true });
    expect(dead.at(-1)?.['resolved']).toBeGreaterThanOrEqual(48);
    for (const finding of findings) {
      expect(finding['rule']).toMatch(/./);
      expect(finding['cause']).toMatch(/./);
      expect(finding['evidence']).toContainEqual(
        expect.objectContaining({ signal: expect.any(String) as string }),
      );
    }
  });

  test('is what --json prints, and nothing else is', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '64', '--json');
    expect(`${done.printed}\n`).toBe(done.read('findings.json'));
  });
});

interface Otlp {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly [{ readonly spans: readonly Record<string, string>[] }];
  }[];
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly [{ readonly logRecords: readonly Record<string, unknown>[] }];
  }[];
}

describe('trace.json', () => {
  test('counts one second per step from its epoch, with ids of its own in every run', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '96');
    const { resourceSpans, resourceLogs } = JSON.parse(done.read('trace.json')) as Otlp;
    const spans = resourceSpans.flatMap(({ scopeSpans: [{ spans: own }] }) => own);
    const second = (nanos: unknown): number =>
      Number(BigInt(String(nanos)) / 1_000_000_000n) - Date.UTC(2026, 0, 1) / 1000;
    const runs = spans.filter(({ name }) => name === 'training.run');
    expect(runs.map((span) => [second(span['startTimeUnixNano']), second(span['endTimeUnixNano'])])).toEqual([
      [0, 96],
      [48, 96],
    ]);
    expect(new Set(runs.map(({ traceId }) => traceId)).size).toBe(2);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    const logs = resourceLogs.flatMap(({ scopeLogs: [{ logRecords }] }) => logRecords);
    const told = logs.filter(({ eventName }) => eventName === 'training.intervention');
    expect(told.map((log) => second(log['timeUnixNano']))).toEqual([20, 48]);
    expect(logs.some(({ eventName }) => eventName === 'training.detector.fired')).toBe(true);
  });
});

describe('report.md', () => {
  test('tells what was done, what was found, what helps, and how to see it again', async () => {
    const report = (await run(['ring', '--steps', '60', '--seed', '9'])).read('report.md');
    expect(report).toMatch(/^# Ring/);
    expect(report).toContain('![');
    expect(report).toContain('npm run reproduce -- ring --seed 9 --steps 60 --out ring');
    expect(report).toContain('?v=1&scenario=ring&seed=9');
  });

  test('tries what the first alert offers', async () => {
    const report = (await runRecipe(smallRecipe, '--steps', '96')).read('report.md');
    expect(report).toContain('on the timeline, run B');
    expect(report).toMatch(/`leaky-relu`: .*from here/);
  });
});

describe('bad input', () => {
  const cases: [what: string, args: () => string[], said: RegExp][] = [
    [
      'an unknown scenario',
      () => ['lossspike'],
      /scenario “lossspike”: there is none of that name, but “loss-spike”/,
    ],
    ['no scenario', () => [], /no scenario/],
    ['an unknown option', () => ['ring', '--fast'], /--fast/],
    ['a seed that is none', () => ['ring', '--seed', '-1'], /--seed/],
    ['no number of steps', () => ['ring', '--steps', 'many'], /--steps many: must be a whole number/],
    ['an unknown engine', () => ['ring', '--engine', 'torch'], /--engine torch: there are compiled.plain, /],
    [
      'a file that is not there',
      () => ['--recipe', '/nowhere/recipe.json'],
      /--recipe \/nowhere\/recipe.json/,
    ],
    ['a file that is no JSON', () => ['--recipe', recipeFile('{"seed": 1,')], /not JSON/],
    ['no recipe', () => ['--recipe', recipeFile('[]')], /“recipe”/],
    ['an unknown field', () => ['--recipe', recipeFile('{"lerningRate": 1}')], /“lerningRate”/],
    ['an impossible value', () => ['--recipe', recipeFile('{"train": 0}')], /“train” is 0/],
    [
      'an impossible split',
      () => ['--recipe', recipeFile('{"data": "penguins", "classes": 3, "train": 300, "validation": 100}')],
      /“train” is 300: train \+ validation is 400, and penguins has 342 examples/,
    ],
    [
      'a timeline out of order',
      () => [
        '--recipe',
        recipeFile(
          JSON.stringify({
            timeline: [
              { at: 9, by: 'edit', change: { kind: 'scale-rate', factor: 2 } },
              { at: 8, by: 'edit', change: { kind: 'scale-rate', factor: 2 } },
            ],
          }),
        ),
      ],
      /“timeline.1.at” is 8: out of order/,
    ],
    [
      'a threshold that is no number',
      () => ['--recipe', recipeFile('{"thresholds": {"loss-spike.warning": "high"}}')],
      /“thresholds.loss-spike.warning” is "high"/,
    ],
    [
      'a threshold that there is none of',
      () => ['--recipe', recipeFile('{"thresholds": {"loss-spike.limit": 3}}')],
      /“thresholds.loss-spike.limit” is 3: there are dead-neurons.ratio, /,
    ],
    [
      'a signal that there is none of',
      () => ['--recipe', recipeFile('{"unemitted": ["loss", "los"]}')],
      /“unemitted.1” is "los": there is none of that name, but “loss”/,
    ],
    [
      'a signal that there is none of, later',
      () => [
        '--recipe',
        recipeFile(
          '{"timeline": [{"at": 1, "by": "edit", "change": {"kind": "set", "settings": {"unemitted": ["los"]}}}]}',
        ),
      ],
      /“timeline.0.change.settings.unemitted.0” is "los"/,
    ],
  ];

  test.each(cases)('%s: status 2, named, nothing written', async (_, args, said) => {
    const done = await run(args());
    expect(done.said).toMatch(said);
    expect(done.printed).toBe('');
    expect([done.status, done.around]).toEqual([2, []]);
  });
});

describe('the folder', () => {
  test('keeps what else is in it', async () => {
    const out = emptyFolder();
    writeFileSync(join(out, 'notes.txt'), 'mine');
    writeFileSync(join(out, 'link.txt'), 'old');
    const done = await run(['ring', '--steps', '8'], undefined, out);
    expect(done.files).toEqual([...names, 'notes.txt'].sort());
    expect(done.read('link.txt')).toBe('?v=1&scenario=ring');
  });

  test('that is a file is refused', async () => {
    const file = recipeFile('{}');
    const { status, said } = await run(['ring'], undefined, file);
    expect(status).toBe(2);
    expect(said).toContain('is a file; name a folder');
    expect(readFileSync(file, 'utf8')).toBe('{}');
  });

  test('stays as it was where the run is interrupted', async () => {
    const interrupted = new AbortController();
    setTimeout(() => {
      interrupted.abort(new Interrupted());
    }, 50);
    const done = await run(['ring', '--steps', '100000'], interrupted.signal);
    expect([done.status, done.around]).toEqual([130, []]);
  });
});

test('every scenario can be reproduced', async () => {
  for (const { id } of scenarios) {
    const done = await run([id, '--steps', '12']);
    expect([id, done.status, done.files]).toEqual([id, 0, names]);
  }
}, 120_000);

describe('the command', () => {
  const command = ['--import', 'tsx', 'src/cli/reproduce.ts'];

  test('names the scenarios that there are, with status 2', () => {
    const out = join(emptyFolder(), 'out');
    const { status, stdout, stderr } = spawnSync(process.execPath, [...command, 'nothing', '--out', out], {
      encoding: 'utf8',
    });
    expect([status, stdout, existsSync(out)]).toEqual([2, '', false]);
    expect(stderr).toContain(scenarios.map(({ id }) => id).join(', '));
  }, 30_000);

  test('ends with 130 at Ctrl-C, and leaves nothing', async () => {
    const around = emptyFolder();
    const child = spawn(process.execPath, [
      ...command,
      'ring',
      '--steps',
      '100000',
      '--out',
      join(around, 'out'),
    ]);
    child.stderr.once('data', () => child.kill('SIGINT'));
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, existsSync(join(around, 'out'))]).toEqual([130, false]);
  }, 30_000);
});
