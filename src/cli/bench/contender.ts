// What the benchmark measures: something that trains the task's network and can show its parameters.
import type { Counters } from '../../engine/engine.ts';
import type { Optimizer } from './nets.ts';
import type { Parameters, Task } from './task.ts';

export type Telemetry = 'off' | 'core' | 'naive';

export interface Contender {
  readonly replicas: number;
  /** Resolves when the steps are computed, and with telemetry when their rows are here. */
  run(steps: number): Promise<void>;
  /** Of the first replica. */
  parameters(): Promise<Parameters>;
  /** What a program of ours has cost so far; peers have no counters, their dispatches are counted from outside. */
  readonly counters?: Readonly<Counters>;
  dispose(): void;
}

/** A way to train, before it is opened for a task. */
export interface ContenderKind {
  readonly engine: string;
  /** How the engine runs a step: plain, resident or staged of ours; of the peers what they call it. */
  readonly execution: string;
  readonly telemetries: readonly Telemetry[];
  readonly optimizers: readonly Optimizer[];
  /** Whether its dispatches can be counted. */
  readonly onGpu: boolean;
  /** @throws Error with what is missing where it cannot run here */
  open(task: Task, telemetry: Telemetry): Promise<Contender>;
}
