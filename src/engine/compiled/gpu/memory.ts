// Buffers of a program on the GPU: data, settings, arena, state, ring; and how host memory is laid out in them.
import { inputScale, type Dataset } from '../../../data/dataset.ts';
import type { Checkpoint, CompileRequest } from '../../engine.ts';
import { comparisonOf } from './comparison.ts';
import { fillInitial } from '../initial.ts';
import { parameterRegions } from '../plan.ts';
import { stateHead, stateWords } from './prelude.ts';
import { persistentRequests } from './regions.ts';
import type { Kernel } from './stage.ts';
import type { DataPlace } from './table.ts';

/** Name under which a checkpoint keeps the last evaluation (loss, accuracy, step, divergences), as in plain. */
const evaluationRegion = 'evaluation';

const largestRing = 4 * 1024 * 1024;

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** Examples, labels and what production is compared with, in the order in which they lie in memory. */
function partsOf(dataset: Dataset) {
  const { train, validation, production } = dataset;
  const inputs = [train.inputs, validation.inputs, production.inputs];
  return [...inputs, train.labels, validation.labels, comparisonOf(dataset)];
}

/** Bytes that `packData` makes of the datasets. */
export function dataBytes(datasets: readonly Dataset[]): number {
  const parts = [...new Set(datasets)].flatMap(partsOf);
  return parts.reduce((sum, { byteLength }) => sum + aligned(byteLength), 0);
}

/** Examples of all replicas, each dataset once. */
export function packData(datasets: readonly Dataset[]): {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly places: readonly DataPlace[];
} {
  const distinct = [...new Set(datasets)];
  const parts = distinct.flatMap(partsOf);
  const partsEach = parts.length / distinct.length;
  const offsets: number[] = [];
  let size = 0;
  for (const { byteLength } of parts) {
    offsets.push(size);
    size += aligned(byteLength);
  }
  const bytes = new Uint8Array(Math.max(4, size));
  parts.forEach((part, index) => {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offsets[index]);
  });
  const known = new Map(
    distinct.map((dataset, index): [Dataset, DataPlace] => {
      const element = inputScale(dataset.train) === 1 ? 4 : 1;
      const [train = 0, validation = 0, production = 0, ...others] = offsets.slice(index * partsEach);
      const [trainLabels = 0, validationLabels = 0, comparison = 0] = others;
      return [
        dataset,
        {
          trainInputs: train / element,
          validationInputs: validation / element,
          productionInputs: production / element,
          trainLabels,
          validationLabels,
          comparison: comparison / 4,
        },
      ];
    }),
  );
  return { words: new Uint32Array(bytes.buffer), places: datasets.map((dataset) => known.get(dataset)!) };
}

export interface Buffers {
  readonly data: GPUBuffer;
  readonly arena: GPUBuffer;
  readonly state: GPUBuffer;
  readonly ring: GPUBuffer;
  readonly control: GPUBuffer;
  readonly ringRows: number;
}

/** Steps whose rows the ring holds: some megabytes, and a power of two so that a slot is a mask away. */
function ringRowsOf(rowBytes: number): number {
  return Math.max(16, Math.min(4096, 2 ** Math.floor(Math.log2(largestRing / rowBytes))));
}

export function makeBuffers(
  device: GPUDevice,
  kernel: Kernel,
  replicas: number,
  data: Uint32Array<ArrayBuffer>,
): Buffers {
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const make = (label: string, size: number, usage: number = storage) =>
    device.createBuffer({ label, size, usage });
  const rowBytes = kernel.layout.width * 4 * replicas;
  const ringRows = ringRowsOf(rowBytes);
  const buffers = {
    data: make('data', data.byteLength),
    arena: make('arena', kernel.regions.stride * 4 * replicas),
    state: make('state', (stateHead + stateWords * replicas) * 4),
    ring: make('ring', ringRows * rowBytes),
    control: make('control', 16, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST),
    ringRows,
  };
  device.queue.writeBuffer(buffers.data, 0, data);
  return buffers;
}

/** The persistent part of a replica's block: initial values, and those of a checkpoint where they fit. */
export function persistentOf(
  { plan, regions }: Kernel,
  { recipe }: CompileRequest,
  saved: Checkpoint['regions'],
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(regions.persistent);
  const view = (name: string): Float32Array => {
    const { offset, size } = regions.region(name);
    return values.subarray(offset, offset + size);
  };
  for (const region of parameterRegions(plan)) {
    fillInitial(recipe, region, region.layer.number <= plan.hiddenLayers, view(region.name));
  }
  for (const { name, size } of persistentRequests(plan)) {
    const found = saved.get(name);
    if (found?.length === size) view(name).set(found);
  }
  return values;
}

/** A replica's words of the state at `step`, with the evaluation that a checkpoint holds. */
export function stateOf(step: number, saved: Checkpoint['regions']): Uint32Array<ArrayBuffer> {
  const [loss = 0, accuracy = 0, at = -1, window = 0, batch = 0] = saved.get(evaluationRegion) ?? [];
  const words = new Uint32Array(stateWords);
  const reals = new Float32Array(words.buffer);
  words[0] = at + 1;
  reals[1] = loss;
  reals[2] = accuracy;
  reals[5] = window;
  reals[6] = batch;
  words[7] = step;
  return words;
}

/** Bytes of a checkpoint on the GPU: the persistent part, then the replica's state. */
export function checkpointBytes({ regions }: Kernel): number {
  return (regions.persistent + stateWords) * 4;
}

/** A checkpoint from its bytes. */
export function checkpointOf({ plan, regions }: Kernel, step: number, bytes: ArrayBuffer): Checkpoint {
  const values = new Float32Array(bytes);
  const state = new Uint32Array(bytes, regions.persistent * 4, stateWords);
  const found = persistentRequests(plan).map(({ name }): [string, Float32Array<ArrayBuffer>] => {
    const { offset, size } = regions.region(name);
    return [name, values.slice(offset, offset + size)];
  });
  const word = (index: number): number => values[regions.persistent + index]!;
  const evaluation = new Float32Array([word(1), word(2), state[0]! - 1, word(5), word(6)]);
  return { step, regions: new Map([...found, [evaluationRegion, evaluation]]) };
}
