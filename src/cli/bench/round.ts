// One round: the contenders of one network and optimizer, shown to be right, timed in turns, and compared in pairs.
import { openReplicas } from './compiledContenders.ts';
import { Line } from './line.ts';
import { pairedRatio, pairedScaling } from './measure.ts';
import { measurePaced } from './pacedTelemetry.ts';
import { rowText, type Overhead, type PacedShare, type Scaling } from './result.ts';
import type { FileLoader } from '../../data/dataset.ts';
import { makeTask, type Task } from './task.ts';
import type { BenchOptions, Round, Wish } from './wishes.ts';

export interface Surroundings {
  readonly file: FileLoader;
  /** Tells how far it is, one line at a time. */
  readonly progress: (line: string) => void;
}

interface Setting extends Surroundings {
  readonly round: Round;
  readonly options: BenchOptions;
  readonly task: Task;
}

function newLine({ round }: Setting, { kind, telemetry }: Wish, replicas = 1): Line {
  const { net, optimizer } = round;
  const { engine, execution, onGpu } = kind;
  return new Line({ net: net.id, engine, execution, optimizer, telemetry, replicas }, onGpu);
}

async function measureRows(setting: Setting): Promise<readonly Line[]> {
  const { round, options, task, progress } = setting;
  const lines: Line[] = [];
  for (const wish of round.wishes) {
    const line = newLine(setting, wish);
    await line.start(() => wish.kind.open(task, wish.telemetry), options.repeatMs);
    lines.push(line);
  }
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    for (const line of lines) await line.repeat();
  }
  for (const line of lines) {
    await line.finish();
    progress(rowText(line.row));
  }
  return lines;
}

/** Of each execution of ours that was measured with core telemetry and without. */
async function measureOverheads(setting: Setting, lines: readonly Line[]): Promise<Overhead[]> {
  const { round, options, progress } = setting;
  // The issue is what telemetry costs, and that is least hidden by the lightest optimizer.
  if (round.optimizer !== 'sgd') return [];
  const ours = lines.filter(({ key }) => key.engine === 'compiled');
  const overheads: Overhead[] = [];
  for (const core of ours.filter(({ key }) => key.telemetry === 'core')) {
    const { net, execution } = core.key;
    const off = ours.find(({ key }) => key.telemetry === 'off' && key.execution === execution);
    await core.attempt(async (with_) => {
      if (!off?.entrant) return;
      const ratio = await pairedRatio(with_, off.entrant, options.pairs);
      overheads.push({ net, execution, ratio });
      progress(`${net}, ${execution}: core telemetry ÷ off = ${ratio.toFixed(3)}`);
    });
  }
  return overheads;
}

async function measureScaling(
  setting: Setting,
): Promise<{ lines: readonly Line[]; scaling: readonly Scaling[] }> {
  const { round, options, task, progress } = setting;
  const wish = round.wishes.find(
    ({ kind, telemetry }) => kind.execution === round.net.gpuExecution && telemetry === 'core',
  );
  const lines: Line[] = [];
  const scaling: Scaling[] = [];
  for (const count of wish ? round.replicas : []) {
    const [many, one] = [count, 1].map((replicas) => newLine(setting, wish as Wish, replicas)) as [
      Line,
      Line,
    ];
    for (const line of [many, one]) {
      const open = () => openReplicas(task, round.net.gpuExecution, line.key.replicas);
      await line.start(open, options.repeatMs);
    }
    for (let repeat = 0; repeat < options.repeats; repeat++) await many.repeat();
    await many.finish();
    await many.attempt(async (entrant) => {
      if (!one.entrant) return;
      const ratio = await pairedScaling(entrant, one.entrant, options.pairs);
      scaling.push({ net: round.net.id, replicas: count, ratio });
    });
    progress(rowText(many.row));
    for (const line of [many, one]) line.close();
    lines.push(many);
  }
  return { lines, scaling };
}

/** Beside our plain execution of the small network, which a page without a GPU trains. */
async function measurePace({ round, task, progress }: Setting): Promise<readonly PacedShare[]> {
  const isAsked = round.wishes.some(
    ({ kind, telemetry }) => kind.execution === 'plain' && telemetry === 'core',
  );
  if (round.net.id !== 'tiny' || round.optimizer !== 'sgd' || !isAsked) return [];
  const share = await measurePaced(task);
  progress(`${share.net}: at 1,000 steps/s OpenTelemetry takes ${(100 * share.telemetry).toFixed(2)} %`);
  return [share];
}

export interface RoundResult {
  readonly task: Task;
  /** Timed and closed, not yet judged. */
  readonly lines: readonly Line[];
  readonly overhead: readonly Overhead[];
  readonly scaling: readonly Scaling[];
  readonly paced: readonly PacedShare[];
}

export async function runRound(
  round: Round,
  options: BenchOptions,
  surroundings: Surroundings,
): Promise<RoundResult> {
  const { net, optimizer, wishes } = round;
  surroundings.progress(`${net.id} (${net.title}), ${optimizer}: ${wishes.length} rows …`);
  const task = await makeTask(net, optimizer, surroundings.file);
  const setting: Setting = { ...surroundings, round, options, task };
  const lines = await measureRows(setting);
  const overhead = await measureOverheads(setting, lines);
  for (const line of lines) line.close();
  const replicas = await measureScaling(setting);
  const paced = await measurePace(setting);
  return { task, lines: [...lines, ...replicas.lines], overhead, scaling: replicas.scaling, paced };
}
