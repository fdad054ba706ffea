// The state of a run as tensors on the device: parameters, moments, running statistics, counters; to and from checkpoints.
import type { Tensor } from '@tensorflow/tfjs';
import type { Recipe } from '../../core/recipe.ts';
import { fillInitial } from '../compiled/initial.ts';
import type { Divergences } from '../compiled/passes/inputShift.ts';
import { parameterRegions, type Plan } from '../compiled/plan.ts';
import type { Checkpoint } from '../engine.ts';
import type { Network } from './network.ts';

/** Name under which a checkpoint keeps loss, accuracy, step and divergences of the last evaluation, as the plain execution does. */
const evaluationRegion = 'evaluation';

/** A region of a checkpoint and the values with which it starts fresh. */
interface Region {
  readonly name: string;
  readonly size: number;
  readonly fill: (target: Float32Array) => void;
}

/** A tensor of the state, and the regions of a checkpoint that lie in it one after another. */
interface Block {
  readonly tensor: string;
  readonly regions: readonly Region[];
}

const momentBlocks = { sgd: [], momentum: ['moment1'], adam: ['moment1', 'moment2'] } as const;

function zeros(name: string, size: number): Region {
  return { name, size, fill: (target) => target.fill(0) };
}

function blocksOf(plan: Plan, recipe: Recipe): readonly Block[] {
  const parameters = parameterRegions(plan);
  const initial = parameters.map((region): Region => {
    const hidden = region.layer.number <= plan.hiddenLayers;
    return {
      name: region.name,
      size: region.size,
      fill: (target) => {
        fillInitial(recipe, region, hidden, target);
      },
    };
  });
  const moments = momentBlocks[plan.optimizer].map((tensor) => ({
    tensor,
    regions: parameters.map(({ name, size }) => zeros(`${tensor}.${name}`, size)),
  }));
  const units = plan.layers.slice(0, -1).flatMap(({ number, outputs, batchNorm }) => {
    const names = batchNorm ? ['quiet', 'runningMean', 'runningVariance'] : ['quiet'];
    return names
      .map((name) => `${name}.${number}`)
      .map((name) => ({ tensor: name, regions: [zeros(name, outputs)] }));
  });
  return [{ tensor: 'parameters', regions: initial }, ...moments, ...units];
}

function sizeOf({ regions }: Block): number {
  return regions.reduce((sum, { size }) => sum + size, 0);
}

/** The values of a block: those saved where they fit, fresh ones elsewhere. */
function valuesOf(block: Block, saved: Checkpoint['regions']): Float32Array {
  const values = new Float32Array(sizeOf(block));
  let offset = 0;
  for (const { name, size, fill } of block.regions) {
    const target = values.subarray(offset, offset + size);
    const found = saved.get(name);
    if (found?.length === size) target.set(found);
    else fill(target);
    offset += size;
  }
  return values;
}

export class State {
  /** Step that will be computed next. */
  step: number;
  /** Step of the last evaluation, or −1. */
  evaluatedAt = -1;
  /** Of that evaluation; numbers, for no network has a part in them. */
  divergences: Divergences = { window: 0, batch: 0 };
  readonly #network: Network;
  readonly #blocks: readonly Block[];
  readonly #tensors = new Map<string, Tensor>();
  /** Batches in the running statistics of each layer with batch norm; numbers, for their course does not depend on the GPU. */
  readonly #counts = new Map<number, number>();

  constructor(network: Network, recipe: Recipe, step: number) {
    this.#network = network;
    this.#blocks = blocksOf(network.plan, recipe);
    this.step = step;
    this.restore({ step, regions: new Map() });
  }

  /** A tensor that the state owns: parameters, moment1, moment2 (flat), quiet.l, runningMean.l, runningVariance.l, validationLoss … */
  tensor(name: string): Tensor {
    const found = this.#tensors.get(name);
    if (!found) throw new Error(`state “${name}”: there are ${[...this.#tensors.keys()].join(', ')}`);
    return found;
  }

  /** Takes over a tensor in place of the one of that name. */
  replace(name: string, tensor: Tensor): void {
    this.#tensors.get(name)?.dispose();
    this.#tensors.set(name, this.#network.tf.keep(tensor));
  }

  batchesSeen(layer: number): number {
    return this.#counts.get(layer) ?? 0;
  }

  /** Counts one more batch of a layer; returns how many there are now. */
  countBatch(layer: number): number {
    const count = this.batchesSeen(layer) + 1;
    this.#counts.set(layer, count);
    return count;
  }

  restore({ step, regions }: Checkpoint): void {
    const { tf, plan } = this.#network;
    const [loss = 0, accuracy = 0, at = -1, window = 0, batch = 0] = regions.get(evaluationRegion) ?? [];
    this.step = step;
    this.evaluatedAt = at;
    this.divergences = { window, batch };
    for (const block of this.#blocks) this.replace(block.tensor, tf.tensor1d(valuesOf(block, regions)));
    this.replace('validationLoss', tf.scalar(loss));
    this.replace('validationAccuracy', tf.scalar(accuracy));
    for (const { number, batchNorm } of plan.layers) {
      if (batchNorm) this.#counts.set(number, regions.get(`runningCount.${number}`)?.[0] ?? 0);
    }
  }

  /** Takes the state as it is now; the values arrive with one readback. */
  async checkpoint(read: (tensor: Tensor) => Promise<Float32Array>): Promise<Checkpoint> {
    const { step, evaluatedAt, divergences } = this;
    const counts = [...this.#counts];
    const values = await read(this.#joined());
    const regions = new Map<string, Float32Array<ArrayBuffer>>();
    let offset = 0;
    for (const { name, size } of this.#blocks.flatMap((block) => block.regions)) {
      regions.set(name, values.slice(offset, offset + size));
      offset += size;
    }
    for (const [layer, count] of counts) regions.set(`runningCount.${layer}`, new Float32Array([count]));
    const [loss = 0, accuracy = 0] = values.subarray(offset);
    const { window, batch } = divergences;
    regions.set(evaluationRegion, new Float32Array([loss, accuracy, evaluatedAt, window, batch]));
    return { step, regions };
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }

  #joined(): Tensor {
    const { tf } = this.#network;
    return tf.tidy(() => {
      const evaluation = ['validationLoss', 'validationAccuracy'].map((name) =>
        tf.reshape(this.tensor(name), [1]),
      );
      return tf.concat([...this.#blocks.map(({ tensor }) => this.tensor(tensor)), ...evaluation]);
    });
  }
}
