// Replicas beyond one binding's size, spread over several programs that advance together.
import type { Recipe } from '../../../core/recipe.ts';
import type { RowLayout } from '../../../core/layout.ts';
import type { Checkpoint, Counters, Evaluation, Replicas, Split } from '../../engine.ts';
import type { GpuReplicas } from './replicas.ts';

export class ShardedReplicas implements Replicas {
  readonly #shards: readonly GpuReplicas[];

  constructor(shards: readonly GpuReplicas[]) {
    this.#shards = shards;
  }

  get count(): number {
    return this.#shards.reduce((sum, { count }) => sum + count, 0);
  }

  get layout(): RowLayout {
    return this.#first.layout;
  }

  get step(): number {
    return this.#first.step;
  }

  get missed(): number {
    return this.#shards.reduce((sum, { missed }) => sum + missed, 0);
  }

  /** Steps are those of one shard; everything else is the sum. */
  get counters(): Counters {
    const sum = (key: keyof Counters): number =>
      this.#shards.reduce((all, { counters }) => all + counters[key], 0);
    return {
      steps: this.#first.counters.steps,
      dispatches: sum('dispatches'),
      submits: sum('submits'),
      maps: sum('maps'),
      readbackBytes: sum('readbackBytes'),
    };
  }

  async advance(steps: number): Promise<void> {
    await Promise.all(this.#shards.map((shard) => shard.advance(steps)));
  }

  /** With `arrived`, replicas of another shard may be ahead. */
  async rows(which?: 'all' | 'arrived'): Promise<readonly Uint32Array<ArrayBuffer>[]> {
    return (await Promise.all(this.#shards.map((shard) => shard.rows(which)))).flat();
  }

  checkpoint(replica: number): Promise<Checkpoint> {
    const { shard, index } = this.#find(replica);
    return shard.checkpoint(index);
  }

  async restore(checkpoints: readonly Checkpoint[]): Promise<void> {
    let from = 0;
    for (const shard of this.#shards) {
      await shard.restore(checkpoints.slice(from, from + shard.count));
      from += shard.count;
    }
  }

  evaluate(replica: number, split: Split): Promise<Evaluation> {
    const { shard, index } = this.#find(replica);
    return shard.evaluate(index, split);
  }

  intervene(replica: number, recipe: Recipe): void {
    const { shard, index } = this.#find(replica);
    shard.intervene(index, recipe);
  }

  dispose(): void {
    for (const shard of this.#shards) shard.dispose();
  }

  get #first(): GpuReplicas {
    return this.#shards[0]!;
  }

  #find(replica: number): { readonly shard: GpuReplicas; readonly index: number } {
    let index = replica;
    for (const shard of this.#shards) {
      if (index < shard.count) return { shard, index };
      index -= shard.count;
    }
    throw new RangeError(`replica ${replica}: there are ${this.count}, from 0`);
  }
}
