// convnetjs as contender: the pure JavaScript library of 2014, example by example, in doubles. It has no Adam.
import type * as Convnet from 'convnetjs';
import type { Contender, ContenderKind } from './contender.ts';
import { region, type Task } from './task.ts';

function makeNet({ Net }: typeof Convnet, task: Task): Convnet.Net {
  const net = new Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: task.features },
    ...task.layers
      .slice(0, -1)
      .map(({ outputs }) => ({ type: 'fc', num_neurons: outputs, activation: 'relu' })),
    { type: 'softmax', num_classes: task.classes },
  ]);
  denseLayers(net).forEach(({ filters, biases }, index) => {
    const { number, inputs } = task.layers[index] ?? { number: 0, inputs: 0 };
    const weights = region(task.initial, `weights.${number}`);
    filters.forEach((filter, unit) => filter.w.set(weights.subarray(unit * inputs, (unit + 1) * inputs)));
    biases.w.set(region(task.initial, `biases.${number}`));
  });
  return net;
}

function denseLayers(net: Convnet.Net) {
  return net.layers.filter((layer) => layer.layer_type === 'fc');
}

function readParameters(task: Task, net: Convnet.Net) {
  const regions = new Map<string, Float32Array<ArrayBuffer>>();
  denseLayers(net).forEach(({ filters, biases }, index) => {
    const number = task.layers[index]?.number ?? 0;
    regions.set(`weights.${number}`, Float32Array.from(filters.flatMap((filter) => [...filter.w])));
    regions.set(`biases.${number}`, Float32Array.from(biases.w));
  });
  return regions;
}

/** Examples as convnetjs wants them; a step trains on one batch of them. */
function makeExamples({ Vol }: typeof Convnet, task: Task) {
  return task.batches.map(({ inputs, labels }) =>
    Array.from(labels, (label, row) => {
      const input = new Vol(1, 1, task.features, 0);
      input.w.set(inputs.subarray(row * task.features, (row + 1) * task.features));
      return { input, label };
    }),
  );
}

export const convnetjs: ContenderKind = {
  engine: 'convnetjs',
  execution: 'scalar',
  telemetries: ['off'],
  optimizers: ['sgd'],
  onGpu: false,
  open: async (task): Promise<Contender> => {
    const convnet = (await import('convnetjs')).default;
    const net = makeNet(convnet, task);
    const trainer = new convnet.Trainer(net, {
      method: 'sgd',
      learning_rate: task.recipe.learningRate,
      momentum: 0,
      batch_size: task.batch,
      l2_decay: 0,
    });
    const batches = makeExamples(convnet, task);
    let step = 0;
    return {
      replicas: 1,
      run: (steps) => {
        for (let k = 0; k < steps; k++) {
          for (const { input, label } of batches[step++ % batches.length] ?? []) trainer.train(input, label);
        }
        return Promise.resolve();
      },
      parameters: () => Promise.resolve(readParameters(task, net)),
      dispose: () => undefined,
    };
  },
};
