// TensorFlow.js as contender: a loop as its users write it, and for telemetry our tfjs engine or a readback per signal.
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { adamBeta2, adamEpsilon } from '../../engine/compiled/passes/optimizer.ts';
import { requestDevice, requireAdapter } from '../../engine/gpu/device.ts';
import { Lifeline } from '../../engine/gpu/lifeline.ts';
import { openCpu, openWebgpu, type Backend } from '../../engine/tfjs/backend.ts';
import { createTfjsEngine } from '../../engine/tfjs/index.ts';
import type { Contender, ContenderKind } from './contender.ts';
import { optimizers } from './nets.ts';
import { driveProgram } from './programContender.ts';
import type { Task } from './task.ts';
import {
  activations,
  makeNetwork,
  readParameters,
  readTensor,
  uploadBatches,
  type TfjsBatch,
} from './tfjsNetwork.ts';
import { naiveSignals } from './tfjsSignals.ts';

function makeOptimizer({ tf }: Backend, { recipe, optimizer }: Task) {
  return optimizer === 'sgd'
    ? tf.train.sgd(recipe.learningRate)
    : tf.train.adam(recipe.learningRate, recipe.momentum, adamBeta2, adamEpsilon);
}

/** @param naive reads every core signal back by itself at every step */
function makeLoop(task: Task, backend: Backend, naive: boolean, close: () => void): Contender {
  backend.use();
  const { tf } = backend;
  const network = makeNetwork(backend, task);
  const batches = uploadBatches(backend, task);
  const optimizer = makeOptimizer(backend, task);
  const variables = [...network.weights, ...network.biases];
  const signals = naiveSignals(task, network);
  let step = 0;

  const lossOf = ({ inputs, labels }: TfjsBatch): Scalar =>
    tf.losses.softmaxCrossEntropy(labels, activations(network, inputs).at(-1) as Tensor).asScalar();

  const trainNaively = async (batch: TfjsBatch): Promise<void> => {
    const { value, grads } = tf.variableGrads(() => lossOf(batch), variables);
    const named = variables.map(({ name }) => ({ name, tensor: grads[name] as Tensor }));
    await signals.read(
      batch,
      value,
      named.map(({ tensor }) => tensor),
    );
    optimizer.applyGradients(named);
    tf.dispose([value, grads]);
  };

  return {
    replicas: 1,
    run: async (steps) => {
      backend.use();
      for (let k = 0; k < steps; k++) {
        const batch = batches[step++ % batches.length] as TfjsBatch;
        if (naive) await trainNaively(batch);
        else optimizer.minimize(() => lossOf(batch), false, variables);
      }
      await readTensor(backend, network.biases.at(-1) as Tensor);
    },
    parameters: () => readParameters(task, network),
    dispose: () => {
      backend.use();
      tf.dispose([...variables, ...batches.flatMap(({ inputs, labels }) => [inputs, labels])]);
      optimizer.dispose();
      backend.close();
      close();
    },
  };
}

async function openBackend(kernels: 'webgpu' | 'cpu'): Promise<{ backend: Backend; close: () => void }> {
  if (kernels === 'cpu') return { backend: await openCpu(), close: () => undefined };
  const { adapter } = await requireAdapter('tfjs-webgpu');
  const device = await requestDevice('tfjs-webgpu', adapter, new Lifeline('TensorFlow.js'));
  const close = (): void => {
    device.destroy();
  };
  return { backend: await openWebgpu(device, adapter.info), close };
}

function tfjs(kernels: 'webgpu' | 'cpu'): ContenderKind {
  return {
    engine: `tfjs-${kernels}`,
    execution: 'eager',
    telemetries: ['off', 'core', 'naive'],
    optimizers,
    onGpu: kernels === 'webgpu',
    open: async (task, telemetry) => {
      if (telemetry === 'core') {
        const engine = await createTfjsEngine(kernels);
        const program = await engine.compile(task.request);
        return driveProgram(task, program, { telemetry, close: () => engine.dispose() });
      }
      const { backend, close } = await openBackend(kernels);
      return makeLoop(task, backend, telemetry === 'naive', close);
    },
  };
}

export const tfjsWebgpu = tfjs('webgpu');
export const tfjsCpu = tfjs('cpu');
