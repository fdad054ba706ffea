// The whole benchmark, in a page or in Node alike: round after round, in one process.
import { findAdapter } from '../../engine/gpu/adapter.ts';
import { makeReferee } from './referee.ts';
import type { BenchResult } from './result.ts';
import { runRound, type RoundResult, type Surroundings } from './round.ts';
import { roundsOf, type BenchOptions } from './wishes.ts';

async function judge({ task, lines }: RoundResult, progress: (line: string) => void): Promise<void> {
  const referee = await makeReferee(task);
  for (const line of lines) await line.judge(referee);
  const valid = lines.filter(({ row }) => row.valid).length;
  const loss = referee.expected.toFixed(5);
  progress(
    `${task.net.id}, ${task.optimizer}: float64 plain reaches ${loss}; ${valid} of ${lines.length} rows valid`,
  );
}

export async function runBench(options: BenchOptions, surroundings: Surroundings): Promise<BenchResult> {
  const adapter = (await findAdapter())?.description ?? 'none: no WebGPU here';
  surroundings.progress(`WebGPU adapter: ${adapter}`);
  const results: RoundResult[] = [];
  for (const round of roundsOf(options)) results.push(await runRound(round, options, surroundings));
  for (const result of results) await judge(result, surroundings.progress);
  const lines = results.flatMap((result) => result.lines);
  return {
    adapter,
    rows: lines.map(({ row }) => row),
    overhead: results.flatMap(({ overhead }) => overhead),
    scaling: results.flatMap(({ scaling }) => scaling),
    paced: results.flatMap(({ paced }) => paced),
    maps: lines.flatMap(({ key, mapRate }) =>
      key.telemetry === 'core' && key.replicas === 1 ? mapRate : [],
    ),
  };
}
