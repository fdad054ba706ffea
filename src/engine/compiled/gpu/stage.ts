// Stages: what may run at the same time. A pass's WGSL voice is a list of parts; parts of one stage do not depend on each other.
import type { Plan } from '../plan.ts';
import type { Dataset } from '../../../data/dataset.ts';
import type { TelemetryLevel } from '../pass.ts';
import type { RowLayout } from '../../../core/layout.ts';
import type { Regions, RegionRequest } from './regions.ts';
import type { ProductKind } from './product.ts';

/**
 * Work for independent invocations: `code` computes task `t` of `tasks`. It may use `base` (first element of the replica's block), `replica`
 * and `step`. It may not use barriers.
 */
export interface TaskPart {
  readonly kind: 'tasks';
  readonly tasks: number;
  readonly code: string;
  /** Computes what the next step needs: `step` is the next one's number. */
  readonly ahead?: true;
}

/**
 * Work for whole workgroups: `code` runs in workgroup `group` of `groups` with `lid` the invocation's number within it, and may use
 * barriers; `declarations` are its module-scope variables. In the resident execution `groups` must be 1.
 */
export interface GroupPart {
  readonly kind: 'group';
  readonly groups: number;
  readonly code: string;
  readonly declarations: string;
}

export type Part = TaskPart | GroupPart;

export interface Stage {
  readonly id: string;
  readonly parts: readonly Part[];
}

/** How kernels are cut for an adapter. */
export interface Shape {
  /** Invocations per workgroup. */
  readonly workgroup: number;
  /** Sides of the register tiles that a product may use, largest first; a smaller one is taken where it gives more tasks than `least`. */
  readonly tiles: readonly number[];
  /** Tasks that a product should have at least, if a smaller tile can give them. */
  readonly leastTasks: number;
  readonly product: ProductKind;
  /** Parameters that one invocation of the optimizer updates, at most. */
  readonly parametersPerTask: number;
}

/** Everything that the WGSL voices of a program's passes share. */
export interface Kernel {
  readonly plan: Plan;
  readonly layout: RowLayout;
  readonly regions: Regions;
  readonly shape: Shape;
  readonly telemetry: TelemetryLevel;
  readonly batch: number;
  /** Quiet steps after which a unit counts as dead. */
  readonly window: number;
  /** Examples per chunk of an evaluation. */
  readonly chunk: number;
  readonly validationCount: number;
  readonly inputBytes: 1 | 4;
  readonly image: Dataset['image'];
  /** Numbers of a production example that are compared with the validation set; 0 where nobody asks. */
  readonly compared: number;
}

export type { RegionRequest };

export function tasks(count: number, code: string): TaskPart {
  return { kind: 'tasks', tasks: count, code };
}

/** WGSL for an element of a region: `at(kernel, 'weights.1')` is the index of its first. */
export function at({ regions }: Pick<Kernel, 'regions'>, name: string): string {
  return `(base + ${regions.region(name).offset}u)`;
}

/** A float literal of WGSL. */
export function literal(value: number): string {
  const text = String(Math.fround(value));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
