// jax-js as contender: the whole update step, gradient included, under one jit; nothing but the last wait is read back.
import type * as Jax from '@jax-js/jax';
import { adamBeta2, adamEpsilon } from '../../engine/compiled/passes/optimizer.ts';
import type { Contender, ContenderKind } from './contender.ts';
import { optimizers } from './nets.ts';
import { region, transposed, type Batch, type Task } from './task.ts';

/** jax-js advises to wait now and then; waits this often make it a third faster on a small network than one at the end. */
const stepsPerWait = 10;

type Arrays = Jax.Array[];
/** Weights (inputs × outputs) and biases, layer by layer. */
type Step = (state: Arrays, inputs: Jax.Array, labels: Jax.Array) => Arrays;

/** In jax-js a function owns its arguments: `ref` keeps one for a later use. */
function makeLoss({ numpy: np, nn }: typeof Jax, layers: number) {
  return (parameters: Arrays, inputs: Jax.Array, labels: Jax.Array): Jax.Array => {
    let value = inputs;
    for (let index = 0; index < layers; index++) {
      const [weights, biases] = parameters.slice(2 * index, 2 * index + 2) as [Jax.Array, Jax.Array];
      value = np.matmul(value, weights).add(biases);
      if (index < layers - 1) value = nn.relu(value);
    }
    const batch = labels.shape[0] ?? 1;
    return nn
      .logSoftmax(value, -1)
      .mul(labels)
      .sum()
      .mul(-1 / batch);
  };
}

function sgdStep(jax: typeof Jax, { layers, recipe }: Task): Step {
  const gradient = jax.grad(makeLoss(jax, layers.length));
  return (parameters, inputs, labels) => {
    const gradients = gradient(
      parameters.map((p) => p.ref),
      inputs,
      labels,
    );
    return parameters.map((p, k) => p.sub((gradients[k] as Jax.Array).mul(recipe.learningRate)));
  };
}

/** State: parameters, first moments, second moments, and the powers of β₁ and β₂, so that no step uploads a number. */
function adamStep(jax: typeof Jax, { layers, recipe }: Task): Step {
  const { numpy: np } = jax;
  const gradient = jax.grad(makeLoss(jax, layers.length));
  const count = 2 * layers.length;
  const [beta1, beta2] = [recipe.momentum, adamBeta2];
  return (state, inputs, labels) => {
    const part = (from: number): Arrays => state.slice(from * count, (from + 1) * count);
    const [parameters, moments, squares] = [part(0), part(1), part(2)];
    const power1 = (state[3 * count] as Jax.Array).mul(beta1);
    const power2 = (state[3 * count + 1] as Jax.Array).mul(beta2);
    const gradients = gradient(
      parameters.map((p) => p.ref),
      inputs,
      labels,
    );
    const first = moments.map((m, k) => m.mul(beta1).add((gradients[k] as Jax.Array).ref.mul(1 - beta1)));
    const second = squares.map((v, k) =>
      v.mul(beta2).add(np.square(gradients[k] as Jax.Array).mul(1 - beta2)),
    );
    const rate = np.array(recipe.learningRate).div(np.array(1).sub(power1.ref));
    const scale = np.array(1).div(np.array(1).sub(power2.ref));
    const updated = parameters.map((p, k) => {
      const deviation = np.sqrt((second[k] as Jax.Array).ref.mul(scale.ref)).add(adamEpsilon);
      return p.sub((first[k] as Jax.Array).ref.mul(rate.ref).div(deviation));
    });
    rate.dispose();
    scale.dispose();
    return [...updated, ...first, ...second, power1, power2];
  };
}

function initialState({ numpy: np }: typeof Jax, task: Task): Arrays {
  const parameters = task.layers.flatMap(({ number, inputs, outputs }) => [
    np
      .array(transposed(region(task.initial, `weights.${number}`), outputs, inputs))
      .reshape([inputs, outputs]),
    np.array(region(task.initial, `biases.${number}`)),
  ]);
  if (task.optimizer === 'sgd') return parameters;
  const zeros = (): Arrays => parameters.map(({ shape }) => np.zeros(shape));
  return [...parameters, ...zeros(), ...zeros(), np.array(1), np.array(1)];
}

function uploadBatch({ numpy: np }: typeof Jax, task: Task, { inputs, labels }: Batch) {
  const oneHot = new Float32Array(task.batch * task.classes);
  labels.forEach((label, row) => (oneHot[row * task.classes + label] = 1));
  return {
    inputs: np.array(inputs).reshape([task.batch, task.features]),
    labels: np.array(oneHot).reshape([task.batch, task.classes]),
  };
}

async function readParameters(task: Task, state: Arrays) {
  const regions = new Map<string, Float32Array<ArrayBuffer>>();
  for (const [index, { number, inputs, outputs }] of task.layers.entries()) {
    const read = async (array: Jax.Array | undefined) =>
      Float32Array.from((await array?.ref.data()) as Float32Array);
    regions.set(`weights.${number}`, transposed(await read(state[2 * index]), inputs, outputs));
    regions.set(`biases.${number}`, await read(state[2 * index + 1]));
  }
  return regions;
}

function jaxJs(device: 'webgpu' | 'wasm'): ContenderKind {
  return {
    engine: `jax-js-${device}`,
    execution: 'jit',
    telemetries: ['off'],
    optimizers,
    onGpu: device === 'webgpu',
    open: async (task): Promise<Contender> => {
      const jax = await import('@jax-js/jax');
      const available = await jax.init(device);
      if (!available.includes(device)) throw new Error(`jax-js-${device}: jax-js finds no ${device} here`);
      jax.defaultDevice(device);
      const batches = task.batches.map((batch) => uploadBatch(jax, task, batch));
      let state = await jax.blockUntilReady(initialState(jax, task));
      const train = jax.jit((task.optimizer === 'sgd' ? sgdStep : adamStep)(jax, task));
      let step = 0;
      return {
        replicas: 1,
        run: async (steps) => {
          jax.defaultDevice(device);
          for (let k = 0; k < steps; k++) {
            const { inputs, labels } = batches[step++ % batches.length] as (typeof batches)[number];
            state = train(state, inputs.ref, labels.ref);
            if (k % stepsPerWait === stepsPerWait - 1) state = await jax.blockUntilReady(state);
          }
          state = await jax.blockUntilReady(state);
          await state[0]?.ref.data();
        },
        parameters: () => readParameters(task, state),
        dispose: () => {
          for (const array of state) array.dispose();
          for (const { inputs, labels } of batches) [inputs, labels].forEach((array) => array.dispose());
          train.dispose();
        },
      };
    },
  };
}

export const jaxWebgpu = jaxJs('webgpu');
export const jaxWasm = jaxJs('wasm');
