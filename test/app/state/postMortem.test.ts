// The post-mortem: what is dated, who was told, and how much sooner one would have known; from rows, findings and timeline alone.
import { describe, expect, test } from 'vitest';
import { laterText, postMortemOf, type Shipped } from '../../../src/app/state/postMortem.ts';
import { postMortemMarkdown } from '../../../src/app/state/postMortemMarkdown.ts';
import { toldUnhidden } from '../../../src/app/state/unseen.ts';
import { unemittedOf } from '../../../src/app/state/unemitted.ts';
import { Rows } from '../../../src/core/layout.ts';
import type { Intervention } from '../../../src/core/timeline.ts';
import { parseRecipe } from '../../../src/data/index.ts';
import { makeMonitor } from '../../../src/detectors/monitor.ts';
import { repeat, rowsOf, type Values } from '../../detectors/rows.ts';

const falling = (step: number) => 0.2 + 0.6 * Math.exp(-step / 20);
const healthy = (step: number): Values => ({
  loss: falling(step),
  validation_loss: falling(step),
  gradient_norm: 1,
  gradient_norm_ratio: 1,
  update_ratio: 0.01,
  input_kl_divergence: 0.01,
  telemetry_series: 13,
  nonfinite_loss: 0,
  nonfinite_gradient: 0,
  nonfinite_weight: 0,
  'dead_neuron_ratio.1': 0,
  'dead_neuron_ratio.2': 0,
});

const hidden: Intervention = {
  at: 0,
  by: 'hide-signals',
  change: { kind: 'set', settings: { unemitted: ['validation_loss', 'validation_accuracy'] } },
};
const starved: Intervention = {
  at: 100,
  by: 'starve',
  change: { kind: 'set', settings: { keep: 24, mislabelled: 4 } },
};
const raised: Intervention = { at: 100, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } };
const drifted: Intervention = {
  at: 100,
  by: 'drift-inputs',
  change: { kind: 'drift', shift: 1.25, scale: 1, rotate: 0, noise: 0, prior: 0, steps: 300 },
};

interface Case {
  readonly timeline?: readonly Intervention[];
  /** Rows from step 100 on. */
  readonly then?: Values;
  readonly facts?: Partial<Shipped>;
}

/** A run of 300 steps that was shipped; what was received is what the detectors say of what it emitted. */
function shipped({ timeline = [], then = {}, facts = {} }: Case): Shipped {
  const recipe = parseRecipe({ timeline: [...timeline] });
  const values = repeat(300, (step) => ({
    ...healthy(step),
    ...(step >= 100 && then),
    evaluated_at: step - (step % 10),
  }));
  const rows = rowsOf(values);
  const history = { layout: rows.layout, count: rows.count, rows: () => new Rows(rows.layout, rows.words) };
  return {
    recipe,
    generation: 0,
    happened: timeline,
    at: 299,
    received: makeMonitor(recipe, rows.layout).push(rows),
    unhidden: toldUnhidden(history, { recipe, generation: 0 }, { recipe, inputs: 2 }),
    unemitted: unemittedOf({ recipe, generation: 0 }),
    training: 0.91,
    validation: 0.91,
    usual: () => 0.91,
    lossIsNaN: false,
    production: { right: 0.91, count: 1000 },
    ...facts,
  };
}

const overfits = { loss: 0.05, validation_loss: 0.6 };
const bad = { training: 1, validation: 0.73, production: { right: 0.73, count: 1000 } };
const dated = (facts: Shipped) => postMortemOf(facts).lines.map(({ step, text }) => `${step} ${text}`);

test('a healthy run: nothing was wrong', () => {
  const facts = shipped({});
  const { verdict, received, sooner, unseen, isFine } = postMortemOf(facts);
  expect(verdict).toBe('Nothing was wrong: 91 % in production, as on validation.');
  expect([received, sooner, unseen, isFine]).toEqual(['0', undefined, undefined, true]);
  expect(dated(facts)).toEqual(['299 you shipped, training accuracy 91 %, validation accuracy 91 %']);
});

describe('an overfit that nobody sees', () => {
  const facts = shipped({ timeline: [hidden, starved], then: overfits, facts: bad });
  const postMortem = postMortemOf(facts);

  test('is dated: what changed, what would have told, and the shipping', () => {
    expect(dated(facts)).toEqual([
      '0 no longer emitted: validation_loss, validation_accuracy',
      '100 the data loader changed: 24 of 2,000 examples, 4 mislabelled',
      expect.stringMatching(
        /^\d+ Overfitting would have fired \(validation_loss not emitted\)\. Validation loss is [\d.]+× training loss \(limit 1\.3×\)/,
      ),
      '299 you shipped, training accuracy 100 %, validation accuracy not emitted',
    ]);
    expect(postMortem.lines.map(({ kind }) => kind)).toEqual(['change', 'change', 'unseen', 'shipped']);
  });

  test('came with no alert: the gap is none', () => {
    const kinds = facts.received.flatMap((event) =>
      event.kind === 'raised' ? [event.finding.detector] : [],
    );
    expect(kinds).toEqual(['observability-gap']);
    expect(postMortem.received).toBe('0');
    expect(postMortem.verdict).toBe('It looked fine: what would have told was not emitted.');
  });

  test('would have been known at the step of the unseen alert', () => {
    const at = postMortem.unseen?.at ?? NaN;
    expect(at).toBeGreaterThan(100);
    expect(postMortem.sooner).toBe(
      `With every signal emitted you would have known at step ${at}: ${299 - at} steps before you shipped.`,
    );
    expect(laterText(postMortem.unseen!, facts.received, 299)).toBe(
      `No alert has come in the ${299 - at} steps since.`,
    );
    expect(postMortem.causeAt).toBe(100);
  });

  test('reads as Markdown', () => {
    const text = postMortemMarkdown(postMortem, 'https://example.org/?seed=1');
    expect(text).toContain('## Post-mortem: shipped at step 299\n');
    expect(text).toContain('| 100 | the data loader changed: 24 of 2,000 examples, 4 mislabelled |');
    expect(text).toContain('- alerts received: 0\n- right in production: 73 % of 1,000\n');
    expect(text).toContain('[The run](https://example.org/?seed=1)');
  });
});

test('an alert that came and was ignored', () => {
  const { verdict, received, sooner, unseen, lines } = postMortemOf(
    shipped({ timeline: [starved], then: overfits, facts: bad }),
  );
  const at = lines.find(({ kind }) => kind === 'alert')?.step ?? NaN;
  expect(verdict).toBe(`You were told: the first alert came ${299 - at} steps before you shipped.`);
  expect(received).toBe(`1, the first at step ${at}: Overfitting`);
  expect([sooner, unseen]).toEqual([undefined, undefined]);
});

describe('a loss spike', () => {
  const spikes = { loss: 3, gradient_norm: 30, update_ratio: 0.5 };

  test('with the gradient norm hidden is never told, and would have been at once', () => {
    const change = { kind: 'set' as const, settings: { unemitted: ['gradient_norm'] } };
    const blind: Intervention = { ...hidden, change };
    const { verdict, unseen, sooner, received } = postMortemOf(
      shipped({ timeline: [blind, raised], then: spikes, facts: bad }),
    );
    expect(received).toBe('0');
    expect(verdict).toContain('It looked fine');
    expect(unseen?.detector).toBe('loss-spike');
    expect(sooner).toContain(`at step ${unseen?.at}: ${299 - (unseen?.at ?? NaN)} steps before you shipped.`);
  });

  test('with validation hidden is told all the same: 0 steps sooner', () => {
    const { sooner, unseen, lines } = postMortemOf(
      shipped({ timeline: [hidden, raised], then: spikes, facts: bad }),
    );
    expect(unseen).toBeUndefined();
    expect(sooner).toMatch(/^With every signal emitted you would have known at step \d+: 0 steps sooner\.$/);
    expect(lines[1]?.text).toBe('the learning rate was multiplied by 10');
  });

  test('that recovers does no harm', () => {
    const { verdict, isFine } = postMortemOf(shipped({ timeline: [raised], then: spikes }));
    expect([verdict, isFine]).toEqual(['No harm: 91 % in production.', true]);
  });
});

describe('users that drift', () => {
  const gone = { training: 0.92, validation: 0.92, production: { right: 0.57, count: 1000 } };

  test('are told of by the divergence', () => {
    const { verdict, received, lines } = postMortemOf(
      shipped({ timeline: [drifted], then: { input_kl_divergence: 0.6 }, facts: gone }),
    );
    expect(lines[0]?.text).toBe('users began to send something else, over 300 steps');
    expect(received).toMatch(/^1, the first at step 1\d0: Input shift$/);
    expect(verdict).toContain('You were told');
  });

  test('and by nothing where the divergence cannot see it', () => {
    const { verdict, received, isFine } = postMortemOf(shipped({ timeline: [drifted], facts: gone }));
    expect([received, isFine]).toEqual(['0', false]);
    expect(verdict).toBe(
      'Right on validation: 92 %, of inputs that users no longer send. Only right answers from production tell.',
    );
  });

  test('are no reason for what validation shows too', () => {
    const { verdict } = postMortemOf(shipped({ timeline: [drifted], facts: bad }));
    expect(verdict).toBe('No alert came, and none was hidden. Only right answers tell.');
  });
});

test('NaN: every answer is wrong, and the post-mortem says so', () => {
  const nan = { loss: NaN, validation_loss: NaN, gradient_norm: NaN, nonfinite_loss: 128 };
  const facts = { training: 0, validation: 0, production: { right: 0, count: 1000 }, lossIsNaN: true };
  const postMortem = postMortemOf(shipped({ timeline: [raised], then: nan, facts }));
  expect(postMortem.verdict).toMatch(/^Every answer is NaN\. You were told: the first alert came 199 steps/);
  expect(postMortem.lines.at(-1)?.text).toBe(
    'you shipped, loss NaN, training accuracy 0 %, validation accuracy 0 %',
  );
});

test('while production is being judged, nothing is said of it', () => {
  const { verdict, isFine } = postMortemOf(shipped({ facts: { production: undefined } }));
  expect([verdict, isFine]).toEqual(['Production is being judged …', undefined]);
});

test('of many alerts the first are dated, and the rest counted', () => {
  const all = { loss: 3, gradient_norm: 30, input_kl_divergence: 2, telemetry_series: 900 };
  const worse = { 'dead_neuron_ratio.1': 1, 'dead_neuron_ratio.2': 1, gradient_norm_ratio: 1e-6 };
  const { lines } = postMortemOf(shipped({ timeline: [raised], then: { ...all, ...worse }, facts: bad }));
  const alerts = lines.filter(({ kind }) => kind === 'alert');
  expect(alerts).toHaveLength(4);
  expect(alerts.at(-1)?.text).toMatch(/And \d more after it\.$/);
});

test('a run that was forked dates what its ancestors did at the steps of its own rows', () => {
  const back: Intervention = {
    at: 250,
    by: 'give-data-back',
    rewindTo: 64,
    change: { kind: 'set', settings: { keep: 0, mislabelled: 0 } },
  };
  const timeline = [starved, back];
  const facts = { ...shipped({ timeline }), generation: 1 };
  expect(dated(facts).slice(0, 2)).toEqual([
    '64 the data loader changed: 24 of 2,000 examples, 4 mislabelled',
    '64 back to here from step 250: the data loader gives all 2,000 examples again',
  ]);
});
