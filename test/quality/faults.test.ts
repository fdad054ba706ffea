// On Ring, 10 seeds each: every fault does what its button says, its detector says so, and the first remedy repairs it.
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../src/core/recipe.ts';
import { pickSettings } from '../../src/core/settings.ts';
import { parseRecipe } from '../../src/data/index.ts';
import { faultOf, type FaultId } from '../../src/faults/index.ts';
import { remediesFor } from '../../src/remedies/index.ts';
import { deadRelu } from '../../src/scenarios/deadRelu.ts';
import { ring } from '../../src/scenarios/ring.ts';
import { recovery, type EvaluationSeries } from '../../src/core/recovery.ts';
import { replay, type Replay } from '../worker/replay.ts';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
const pressedAt = 402;

/** Ring with one fault pressed `presses` times, 20 steps apart. */
function broken(id: FaultId, seed: number, presses = 1): Recipe {
  const recipe = parseRecipe({ ...ring.recipe, seed });
  const fault = faultOf(id);
  if (!fault) throw new Error(`fault “${id}” is not in the list`);
  const timeline = Array.from({ length: presses }, (_, press) => ({
    at: pressedAt + 20 * press,
    by: id,
    change: fault.change({ recipe, settings: pickSettings(recipe), presses: press }),
  }));
  return { ...recipe, timeline };
}

/** How far a broken run goes, by its fault: until its alert has come on all seeds. */
const lengths = { 'raise-rate': 700, 'kill-relus': deadRelu.steps, starve: 1400 } as const;
type Broken = keyof typeof lengths;

const known = new Map<string, Replay>();

/** A run is replayed once, whatever is asked of it. */
async function brokenRun(id: Broken, seed: number, presses: number): Promise<Replay> {
  const key = `${id} ${seed} ${presses}`;
  const run = known.get(key) ?? (await replay(broken(id, seed, presses), lengths[id]));
  known.set(key, run);
  return run;
}

async function runs(id: Broken, presses = 1): Promise<readonly Replay[]> {
  const all: Replay[] = [];
  for (const seed of seeds) all.push(await brokenRun(id, seed, presses));
  return all;
}

function raised(run: Replay, detector: string): boolean {
  return run.findings.some((finding) => finding.detector === detector);
}

function fired(run: Replay, detector: string): boolean {
  return run.findings.some((finding) => finding.detector === detector && finding.severity === 'firing');
}

function evaluations(run: Replay): EvaluationSeries {
  const steps: number[] = [];
  for (let row = 0; row < run.rows.count; row++) {
    if (run.value('evaluated_at', row) === run.rows.step(row)) steps.push(row);
  }
  return {
    steps: steps.map((row) => run.rows.step(row)),
    losses: steps.map((row) => run.value('validation_loss', row)),
  };
}

describe('raise the learning rate ×10 on Ring', () => {
  it(
    'raises loss-spike on all 10 seeds, firing on at least 7, and recovers',
    { timeout: 60_000 },
    async () => {
      const all = await runs('raise-rate');
      expect(all.filter((run) => raised(run, 'loss-spike'))).toHaveLength(10);
      expect(all.filter((run) => fired(run, 'loss-spike')).length).toBeGreaterThanOrEqual(7);
      for (const run of all) {
        expect(run.training.active.filter(({ detector }) => detector === 'loss-spike')).toEqual([]);
        expect(run.value('validation_accuracy', 699)).toBeGreaterThan(0.88);
      }
    },
  );

  it(
    'pressed twice (×100) spikes and then kills the ReLUs on all 10 seeds',
    { timeout: 60_000 },
    async () => {
      const all = await runs('raise-rate', 2);
      expect(all.filter((run) => raised(run, 'loss-spike'))).toHaveLength(10);
      expect(all.filter((run) => fired(run, 'dead-neurons'))).toHaveLength(10);
    },
  );
});

describe('kill the ReLUs on Ring', () => {
  it(
    'fires dead-neurons on all 10 seeds, and nothing but what its scenario allows, and accuracy stays down',
    { timeout: 60_000 },
    async () => {
      const allowed: readonly string[] = [...deadRelu.expected, ...deadRelu.may];
      for (const run of await runs('kill-relus')) {
        expect(fired(run, 'dead-neurons')).toBe(true);
        for (const { detector } of run.findings) expect(allowed).toContain(detector);
        expect(run.value('dead_neuron_ratio', 799, 1)).toBeGreaterThan(0.8);
        expect(run.mean('accuracy', 700, 800)).toBeLessThan(0.9);
        expect(run.mean('accuracy', 350, 400)).toBeGreaterThan(run.mean('accuracy', 700, 800) + 0.02);
      }
    },
  );
});

describe('starve Ring of data', () => {
  it('fires overfit on all 10 seeds', { timeout: 60_000 }, async () => {
    const all = await runs('starve');
    expect(all.filter((run) => fired(run, 'overfit'))).toHaveLength(10);
    for (const run of all) expect(run.mean('accuracy', 1300, 1400)).toBeGreaterThan(0.85);
  });
});

describe('the first remedy on each alert’s card', () => {
  const cases = [
    { fault: 'raise-rate', presses: 2, detector: 'loss-spike' },
    { fault: 'kill-relus', presses: 1, detector: 'dead-neurons' },
    { fault: 'starve', presses: 1, detector: 'overfit' },
  ] as const;

  /** Without any fault, by seed: what all three are held against. */
  const twins = new Map<number, EvaluationSeries>();
  async function twinOf(seed: number): Promise<EvaluationSeries> {
    const twin = twins.get(seed) ?? evaluations(await replay(parseRecipe({ ...ring.recipe, seed }), 1400));
    twins.set(seed, twin);
    return twin;
  }

  it.each(cases)(
    '$fault × $presses: brings validation loss within 10 % of the run without the fault',
    { timeout: 120_000 },
    async ({ fault, presses, detector }) => {
      let recovered = 0;
      for (const seed of seeds) {
        const recipe = broken(fault, seed, presses);
        const run = await brokenRun(fault, seed, presses);
        const finding = run.findings.find((candidate) => candidate.detector === detector);
        if (!finding) throw new Error(`seed ${seed}: no ${detector} among ${run.told.join(', ')}`);
        const settings = { ...run.training.settings() };
        const [remedy] = remediesFor(detector, { recipe, settings });
        if (!remedy) throw new Error(`no remedy for ${detector}`);
        const at = Math.max(finding.at, recipe.timeline.at(-1)?.at ?? 0) + 5;
        const rewindTo = remedy.starts === 'rewind' ? finding.healthyCheckpoint : at;
        const change = remedy.change({ recipe, settings });
        const repaired = await replay(
          { ...recipe, timeline: [...recipe.timeline, { at, by: remedy.id, rewindTo, change }] },
          1400,
        );
        const shifted = evaluations(repaired);
        // Recovered for good, some evaluations before the end: the last one alone would be luck.
        const { at: recoveredAt = Infinity } = recovery(shifted, await twinOf(seed), rewindTo);
        if (recoveredAt <= 1300) recovered++;
      }
      expect(recovered).toBeGreaterThanOrEqual(9);
    },
  );
});
