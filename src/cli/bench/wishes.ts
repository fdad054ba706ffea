// Which rows a run of the benchmark measures.
import type { ContenderKind, Telemetry } from './contender.ts';
import { contenders } from './contenders.ts';
import { nets, optimizers, type Net, type Optimizer } from './nets.ts';

export interface BenchOptions {
  readonly all: boolean;
  /** Empty = all of them. */
  readonly nets: readonly string[];
  /** Engines, or engine and execution: `compiled.staged`. Empty = all of them. */
  readonly engines: readonly string[];
  readonly replicas: readonly number[];
  readonly repeats: number;
  readonly pairs: number;
  readonly repeatMs: number;
}

export interface Wish {
  readonly kind: ContenderKind;
  readonly telemetry: Telemetry;
}

/** Rows that are measured in turns, for they share network and optimizer. */
export interface Round {
  readonly net: Net;
  readonly optimizer: Optimizer;
  readonly wishes: readonly Wish[];
  /** Numbers of runs side by side, each to be compared with one. */
  readonly replicas: readonly number[];
}

const peersOfTable: readonly string[] = ['tfjs-webgpu', 'tfjs-cpu', 'jax-js-webgpu'];

/** Whether the speed table needs the row: ours with telemetry and without, the peers at their fastest, SGD. */
function neededByTable(net: Net, optimizer: Optimizer, kind: ContenderKind, telemetry: Telemetry): boolean {
  if (optimizer !== 'sgd' || telemetry === 'naive') return false;
  if (kind.engine === 'compiled') {
    return kind.execution === net.gpuExecution || (kind.execution === 'plain' && net.id !== 'wide');
  }
  return net.id !== 'wide' && telemetry === 'off' && peersOfTable.includes(kind.engine);
}

/** An engine that was named is measured on every network, also where the table does not need it. */
function isDefault(options: BenchOptions, net: Net, optimizer: Optimizer, wish: Wish): boolean {
  if (options.engines.length === 0) return neededByTable(net, optimizer, wish.kind, wish.telemetry);
  return optimizer === 'sgd' && wish.telemetry !== 'naive';
}

function chosen(list: readonly string[], ...namesOf: readonly string[]): boolean {
  return list.length === 0 || list.some((name) => namesOf.includes(name));
}

export function checkNames(options: BenchOptions): void {
  const engines = contenders.flatMap(({ engine, execution }) => [engine, `${engine}.${execution}`]);
  const check = (option: string, given: readonly string[], known: readonly string[]): void => {
    const unknown = given.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new Error(`--${option} ${unknown}: there are ${[...new Set(known)].join(', ')}`);
    }
  };
  check(
    'net',
    options.nets,
    nets.map(({ id }) => id),
  );
  check('engine', options.engines, engines);
}

/** Replicas are compared on the small network with SGD, where one run leaves most of a GPU idle. */
function replicasOf(options: BenchOptions, net: Net, optimizer: Optimizer): readonly number[] {
  const wanted = net.id === 'tiny' && optimizer === 'sgd';
  if (!wanted || !chosen(options.engines, 'compiled', `compiled.${net.gpuExecution}`)) return [];
  return options.replicas.filter((count) => count > 1);
}

export function roundsOf(options: BenchOptions): readonly Round[] {
  return nets
    .filter(({ id }) => chosen(options.nets, id))
    .flatMap((net) =>
      optimizers.map((optimizer) => ({
        net,
        optimizer,
        wishes: contenders
          .filter((kind) => chosen(options.engines, kind.engine, `${kind.engine}.${kind.execution}`))
          .filter((kind) => kind.optimizers.includes(optimizer))
          .flatMap((kind) => kind.telemetries.map((telemetry) => ({ kind, telemetry })))
          .filter((wish) => options.all || isDefault(options, net, optimizer, wish)),
        replicas: replicasOf(options, net, optimizer),
      })),
    )
    .filter(({ wishes }) => wishes.length > 0);
}
