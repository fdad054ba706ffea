// The speed table: what is compared with what, how much is wanted, and what a run has measured of it.
import type { BenchResult, Row } from './result.ts';
import { nets } from './nets.ts';

export interface Figure {
  readonly name: string;
  /** Null where a row that it needs has failed. */
  readonly ratio: number | null;
  readonly limit: number;
  /** Whether `limit` is the least or the most that will do. */
  readonly bound: 'at least' | 'at most';
  readonly reached: boolean;
}

interface Goal {
  readonly name: string;
  readonly limit: number;
  readonly bound: Figure['bound'];
  /** Undefined where this run did not ask for the rows, null where it did and one failed. */
  readonly measure: (result: BenchResult) => number | null | undefined;
}

const onGpu = (net: string): string => nets.find(({ id }) => id === net)?.gpuExecution ?? '';

function findRow({ rows }: BenchResult, net: string, engine: string, execution: string, telemetry: string) {
  const found = (row: Row): boolean =>
    row.net === net &&
    row.engine === engine &&
    row.execution === execution &&
    row.telemetry === telemetry &&
    row.optimizer === 'sgd' &&
    row.replicas === 1;
  return rows.find(found);
}

function peerRatio(net: string, peer: string, style: string, execution: string, limit: number): Goal {
  return {
    name: `${net}: ${peer} without telemetry ÷ compiled.${execution} with core`,
    limit,
    bound: 'at least',
    measure: (result) => {
      const theirs = findRow(result, net, peer, style, 'off');
      const ours = findRow(result, net, 'compiled', execution, 'core');
      if (!theirs || !ours) return undefined;
      return theirs.msPerStep === null || ours.msPerStep === null ? null : theirs.msPerStep / ours.msPerStep;
    },
  };
}

function overhead(net: string, execution: string, limit: number): Goal {
  const detectors = execution === 'plain' ? ', detectors running' : '';
  return {
    name: `${net}: core telemetry ÷ off, compiled.${execution}${detectors}`,
    limit,
    bound: 'at most',
    measure: (result) => {
      const asked = ['off', 'core'].map((level) => findRow(result, net, 'compiled', execution, level));
      if (asked.includes(undefined)) return undefined;
      const own = result.overhead.find((found) => found.net === net && found.execution === execution);
      return own?.ratio ?? null;
    },
  };
}

function rowFigure(
  net: string,
  name: string,
  limit: number,
  field: 'dispatchesPerStep' | 'readbackBytesPerStep',
): Goal {
  const execution = onGpu(net);
  return {
    name: `${net}: ${name}, compiled.${execution} with core`,
    limit,
    bound: 'at most',
    measure: (result) => findRow(result, net, 'compiled', execution, 'core')?.[field],
  };
}

function mapRate(net: string): Goal {
  const execution = onGpu(net);
  return {
    name: `${net}: readbacks per 16 ms, compiled.${execution} with core`,
    limit: 1,
    bound: 'at most',
    measure: (result) => {
      if (!findRow(result, net, 'compiled', execution, 'core')) return undefined;
      const own = result.maps.find((found) => found.net === net && found.execution === execution);
      return own?.mapsPer16Ms ?? null;
    },
  };
}

const scaling: Goal = {
  name: 'tiny: replica-steps per second of 64 replicas ÷ those of one, at equal K',
  limit: 1.4,
  bound: 'at least',
  measure: (result) => {
    if (!result.rows.some(({ replicas }) => replicas === 64)) return undefined;
    return result.scaling.find(({ replicas }) => replicas === 64)?.ratio ?? null;
  },
};

const paced: Goal = {
  name: 'tiny: OpenTelemetry with export within the page ÷ step time, at 1,000 steps per second',
  limit: 0.05,
  bound: 'at most',
  measure: (result) => result.paced.find(({ net }) => net === 'tiny')?.telemetry,
};

/** For SwiftShader on two cores and SGD; a real GPU has other ratios. */
const goals: readonly Goal[] = [
  peerRatio('tiny', 'tfjs-webgpu', 'eager', onGpu('tiny'), 40),
  peerRatio('tiny', 'jax-js-webgpu', 'jit', onGpu('tiny'), 6),
  peerRatio('digits', 'tfjs-webgpu', 'eager', onGpu('digits'), 6),
  peerRatio('digits', 'jax-js-webgpu', 'jit', onGpu('digits'), 1.5),
  peerRatio('tiny', 'tfjs-cpu', 'eager', 'plain', 12),
  peerRatio('digits', 'tfjs-cpu', 'eager', 'plain', 1),
  overhead('digits', onGpu('digits'), 1.05),
  overhead('wide', onGpu('wide'), 1.05),
  overhead('tiny', onGpu('tiny'), 1.12),
  overhead('tiny', 'plain', 1.25),
  rowFigure('tiny', 'dispatches per step (one for many steps)', 1, 'dispatchesPerStep'),
  rowFigure('digits', 'dispatches per step', 8, 'dispatchesPerStep'),
  ...nets.map(({ id }) => rowFigure(id, 'bytes read back per step', 128, 'readbackBytesPerStep')),
  ...nets.map(({ id }) => mapRate(id)),
  scaling,
  paced,
];

/** The goals whose rows this run asked for. */
export function measureGoals(result: BenchResult): readonly Figure[] {
  return goals.flatMap(({ name, limit, bound, measure }) => {
    const ratio = measure(result);
    if (ratio === undefined) return [];
    const reached = ratio !== null && (bound === 'at least' ? ratio >= limit : ratio <= limit);
    return [{ name, ratio, limit, bound, reached }];
  });
}
