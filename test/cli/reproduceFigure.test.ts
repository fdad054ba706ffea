// @vitest-environment jsdom
// The figure as an XML reader sees it, and the arithmetic behind it.
import { describe, expect, test } from 'vitest';
import { linearAxis, logAxis, shareOf, stepTicks } from '../../src/figures/axis.ts';
import { chosenCharts } from '../../src/figures/charts.ts';
import { nanStretches, pathOf } from '../../src/figures/path.ts';
import { element, escaped, pixels, textWidth, wrapped } from '../../src/figures/svg.ts';
import { changeWords, entryWords } from '../../src/figures/words.ts';
import { detectors } from '../../src/detectors/index.ts';
import { recipeFile, run, runRecipe, smallRecipe } from './reproduction.ts';

function parsed(text: string): Document {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  return document;
}

function texts(document: Document): string[] {
  return [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
}

describe('the figure', () => {
  test('is well-formed, says what it is, and needs nothing from elsewhere', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '96');
    const text = done.read('figure.svg');
    const svg = parsed(text).documentElement;
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.querySelector('title')?.textContent).toBe('A run on circle');
    expect(svg.querySelector('desc')?.textContent).toMatch(
      /step 20: 6 biases .* Dead neurons, layer 1, fires/,
    );
    expect(svg.getAttribute('width')).toBe('900');
    expect(text).not.toMatch(/href|url\(|<script|NaN[ "]\S*=|undefined|"-?\d+\.\d\d/);
  });

  test('has the charts of what was found, its limits, its findings, and what was done', async () => {
    const done = await runRecipe(smallRecipe, '--steps', '96');
    const said = texts(parsed(done.read('figure.svg')));
    for (const words of [
      'Loss',
      'dead_neuron_ratio',
      'Accuracy',
      '20 %',
      'batch norm, from here',
      'run A, left alone',
    ])
      expect(said).toContain(words);
    expect(said.some((words) => /^fires \d+$/.test(words))).toBe(true);
  });

  test('marks NaN', async () => {
    const change = { kind: 'set', settings: { activation: 'linear', learningRate: 1e6 } };
    const recipe = { ...smallRecipe, loss: 'squared-error', timeline: [{ at: 9, by: 'edit', change }] };
    const document = parsed((await runRecipe(recipe, '--steps', '48')).read('figure.svg'));
    expect(texts(document)).toContain('NaN');
    for (const path of document.querySelectorAll('path'))
      expect(path.getAttribute('d')).not.toMatch(/NaN|Infinity/);
  });

  test('draws what was not emitted, and says so', async () => {
    const recipe = { ...smallRecipe, unemitted: ['validation_loss'], timeline: [] };
    const document = parsed(
      (await run(['--recipe', recipeFile(JSON.stringify(recipe)), '--steps', '40'])).read('figure.svg'),
    );
    expect(texts(document)).toContain('validation, not emitted');
  });
});

describe('axes', () => {
  test.each([
    [[0.21, 0.7], 0.2, 1],
    [[0.004, 300, 300], 0.002, 500],
    [[1e-30, 1, 1], 1e-5, 1],
    [[0.3, 0.3, 0.3, 3e30], 0.2, 50000],
    [[NaN, Infinity], 0.5, 1],
    [[0, -1], 0.5, 1],
    [[5, 5], 2, 5],
  ])('logarithmic, of %j end at round numbers around them: %d to %d', (values, low, high) => {
    const axis = logAxis(values);
    expect([axis.low, axis.high]).toEqual([low, high]);
    expect(axis.ticks.length).toBeGreaterThan(1);
    expect(axis.ticks.length).toBeLessThanOrEqual(6);
    for (const tick of axis.ticks) expect(axis.format(tick)).toMatch(/^[\d.e−]+$/);
  });

  test.each([
    [[0.05, 1.1], 0, 1.5],
    [[-2, 3], -2, 4],
    [[], 0, 1],
    [[0, 0], 0, 1],
  ])('linear, of %j: %d to %d', (values, low, high) => {
    const axis = linearAxis(values);
    expect([axis.low, axis.high]).toEqual([low, high]);
    expect(axis.ticks[0]).toBe(low);
    expect(axis.ticks.at(-1)).toBe(high);
  });

  test('hold what lies beyond at their ends, NaN at the upper one', () => {
    const axis = logAxis([0.1, 10]);
    expect([0, 0.1, 1, 10, Infinity, NaN, -5].map((value) => shareOf(value, axis))).toEqual([
      0, 0, 0.5, 1, 1, 1, 0,
    ]);
  });

  test('of steps have round ticks', () => {
    expect(stepTicks(0, 1270, 8)).toEqual([0, 200, 400, 600, 800, 1000, 1200]);
    expect(stepTicks(0, 1, 8)).toEqual([0, 1]);
  });
});

describe('lines', () => {
  const frame = { left: 0, right: 100, from: 0, to: 100 };
  const box = { top: 0, height: 100 };
  const axis = linearAxis([0, 1]);

  test('break at NaN and at a gap', () => {
    const series = { steps: [0, 10, 20, 30, 70, 80], values: [0, 1, NaN, 1, 0, 0] };
    expect(pathOf(series, frame, axis, box)).toBe('M0 100L10 0M30 0h0.1M70 100L80 100');
    expect(nanStretches(series)).toEqual([[20, 20]]);
  });

  test('keep their extremes where there are more values than pixels', () => {
    const steps = Array.from({ length: 10_000 }, (_, k) => k / 100);
    const values = steps.map((_, k) => (k === 5005 ? 1 : 0.1));
    const path = pathOf({ steps, values }, frame, axis, box);
    expect(path.split('L').length).toBeLessThan(401);
    expect(path).toContain(' 0L');
  });

  test('of nothing are nothing', () => {
    expect(pathOf({ steps: [], values: [] }, frame, axis, box)).toBe('');
  });
});

describe('markup', () => {
  test('is escaped', () => {
    expect(element('a', { b: '"<&>', c: 1.26, d: undefined }, escaped('1 < 2 & "3"'))).toBe(
      '<a b="&quot;&lt;&amp;&gt;" c="1.3">1 &lt; 2 &amp; &quot;3&quot;</a>',
    );
    expect(pixels(-0.01)).toBe('0');
  });

  test('wraps at spaces', () => {
    const lines = wrapped('one two three four', textWidth('one two '));
    expect(lines).toEqual(['one two', 'three', 'four']);
  });
});

describe('words', () => {
  test.each([
    [{ kind: 'scale-rate', factor: 10 }, 'rate ×10'],
    [{ kind: 'scale-rate', factor: 0.1 }, 'rate ÷10'],
    [{ kind: 'set', settings: { keep: 24, mislabelled: 4 } }, 'keep 24, 4 mislabelled'],
    [{ kind: 'set', settings: { keep: 0, mislabelled: 0 } }, 'all data'],
    [{ kind: 'set', settings: {} }, 'the same settings'],
    [
      { kind: 'set', settings: { batchNorm: false, learningRate: 0.02 } },
      'no batch norm, learning rate 0.02',
    ],
    [{ kind: 'set', settings: { unemitted: ['validation_loss'] } }, 'without validation_loss'],
    [{ kind: 'corrupt-batch', inputs: 3, swapped: true, steps: 1 }, 'bad batch: inputs ×3, labels swapped'],
    [{ kind: 'skip-batches', from: 400, steps: 2 }, 'skip the batches 400–401'],
    [
      { kind: 'drift', shift: -1, scale: 1, rotate: 90, noise: 0, prior: 0, steps: 1 },
      'production shifted −1 σ, turned 90°',
    ],
    [{ kind: 'drift', shift: 0, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 1 }, 'production as it was'],
  ] as const)('of %j: %s', (change, words) => {
    // A parsed list is no constant one.
    expect(changeWords(structuredClone(change) as Parameters<typeof changeWords>[0])).toBe(words);
  });

  test('say where a run starts', () => {
    const change = { kind: 'scale-rate', factor: 0.1 } as const;
    expect(entryWords({ at: 9, by: 'clip', rewindTo: 4, change })).toBe('rewind to 4: rate ÷10');
    expect(entryWords({ at: 9, by: 'clip', rewindTo: 9, change })).toBe('rate ÷10, from here');
  });
});

test('every detector has charts, and no figure more than six', () => {
  for (const { id } of detectors) expect(chosenCharts([id]).length).toBeGreaterThanOrEqual(2);
  expect(chosenCharts(detectors.map(({ id }) => id)).length).toBe(6);
});
