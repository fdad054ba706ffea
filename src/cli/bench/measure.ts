// Times contenders in turns: one entrant is one contender of a round with the times of its repeats.
import type { Counters } from '../../engine/engine.ts';
import type { Contender } from './contender.ts';
import { costPerStep, type GpuCost } from './counting.ts';
import { median } from './statistics.ts';

/** Repeats of at least this many steps are made of whole hundreds, so that each holds as many evaluations as the next. */
const evaluationPeriod = 100;

export class Entrant {
  readonly contender: Contender;
  /** Milliseconds per step of each repeat. */
  readonly times: number[] = [];
  /** Steps of one repeat. */
  steps = 1;
  /** Steps done so far. */
  done = 0;

  constructor(contender: Contender) {
    this.contender = contender;
  }

  async run(steps: number): Promise<void> {
    await this.contender.run(steps);
    this.done += steps;
  }

  /** Milliseconds per step. */
  async time(steps: number): Promise<number> {
    const begun = performance.now();
    await this.run(steps);
    return (performance.now() - begun) / steps;
  }

  /** Finds how many steps fill a repeat, by runs of twice the length each; these are warm-up as well. */
  async calibrate(repeatMs: number): Promise<void> {
    let steps = 1;
    let ms = await this.time(steps);
    while (ms * steps < repeatMs / 4) {
      steps *= 2;
      ms = await this.time(steps);
    }
    this.steps = wholeHundreds(Math.max(1, Math.round(repeatMs / ms)));
  }
}

function wholeHundreds(steps: number): number {
  return steps < evaluationPeriod ? steps : Math.round(steps / evaluationPeriod) * evaluationPeriod;
}

/** Core ÷ off over adjacent repeats of the same steps, now the one first, now the other. */
export async function pairedRatio(core: Entrant, off: Entrant, pairs: number): Promise<number> {
  const steps = Math.min(core.steps, off.steps);
  if (core.done < off.done) await core.run(off.done - core.done);
  if (off.done < core.done) await off.run(core.done - off.done);
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = pair % 2 === 0 ? core : off;
    const second = first === core ? off : core;
    const times = new Map([
      [first, await first.time(steps)],
      [second, await second.time(steps)],
    ]);
    ratios.push((times.get(core) ?? NaN) / (times.get(off) ?? NaN));
  }
  return median(ratios);
}

/** Replica-steps per second of many ÷ those of one. */
export async function pairedScaling(many: Entrant, one: Entrant, pairs: number): Promise<number> {
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const single = pair % 2 === 0 ? await one.time(one.steps) : undefined;
    const together = await many.time(many.steps);
    ratios.push((many.contender.replicas * (single ?? (await one.time(one.steps)))) / together);
  }
  return median(ratios);
}

export interface Cost extends GpuCost {
  /** Readbacks of rows in 16 ms; undefined where nobody counts them. */
  readonly mapsPer16Ms: number | undefined;
}

/** What the repeats cost per step: by a program's own counters, otherwise by watching WebGPU in a run of its own. */
export async function measureCost(entrant: Entrant, onGpu: boolean): Promise<Cost> {
  const { contender, steps } = entrant;
  if (!contender.counters) {
    const watched = onGpu && (await costPerStep((count) => entrant.run(count)));
    return { ...(watched || { dispatches: 0, readbackBytes: 0 }), mapsPer16Ms: undefined };
  }
  const before: Counters = { ...contender.counters };
  const ms = (await entrant.time(steps)) * steps;
  const after = contender.counters;
  const counted = after.steps - before.steps;
  return {
    dispatches: (after.dispatches - before.dispatches) / counted,
    readbackBytes: (after.readbackBytes - before.readbackBytes) / counted / contender.replicas,
    mapsPer16Ms: (after.maps - before.maps) / (ms / 16),
  };
}
