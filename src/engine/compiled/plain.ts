// Execution *plain*: the JavaScript voices of the passes over typed arrays; in a worker, in Node, and as the oracle of every kernel.
import type { Recipe } from '../../core/recipe.ts';
import { biasPushes, productionAt, spoiltBatches } from '../../core/stateFaults.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import {
  keepNow,
  type Checkpoint,
  type CompileRequest,
  type Engine,
  type Evaluation,
  type Program,
  type Split,
} from '../engine.ts';
import { checkpointNames, type RealsConstructor } from './arena.ts';
import { fillParameters, makeMachine } from './machine.ts';
import type { Machine, TelemetryLevel } from './pass.ts';
import { passesFor } from './passes/index.ts';
import { classProbabilities } from './passes/loss.ts';
import { evaluateSamples } from './passes/validation.ts';
import type { Samples } from '../../data/dataset.ts';
import { detailOf } from './detail.ts';

/** Name under which a checkpoint keeps the last evaluation (loss, accuracy, step, divergences), so that rows after a rewind repeat exactly. */
const evaluationRegion = 'evaluation';

function takeCheckpoint({ arena, control, sums }: Machine): Checkpoint {
  const { window, batch } = sums.divergences;
  const regions = new Map(checkpointNames(arena).map((name) => [name, new Float32Array(arena.region(name))]));
  regions.set(
    evaluationRegion,
    new Float32Array([sums.validationLoss, sums.validationAccuracy, sums.evaluatedAt, window, batch]),
  );
  return { step: control.step, regions };
}

function applyCheckpoint(machine: Machine, { step, regions }: Checkpoint): void {
  const { arena, control, sums } = machine;
  control.step = step;
  for (const name of checkpointNames(arena)) arena.region(name).fill(0);
  fillParameters(machine);
  for (const name of checkpointNames(arena)) {
    const saved = regions.get(name);
    const region = arena.region(name);
    if (saved?.length === region.length) region.set(saved);
  }
  const [loss = 0, accuracy = 0, at = -1, window = 0, batch = 0] = regions.get(evaluationRegion) ?? [];
  sums.validationLoss = loss;
  sums.validationAccuracy = accuracy;
  sums.evaluatedAt = at;
  sums.divergences = { window, batch };
}

function samplesOf(machine: Machine, split: Split): { samples: Samples; labelled: boolean } {
  if (split === 'train') return { samples: machine.dataset.train, labelled: true };
  if (split === 'validation') return { samples: machine.dataset.validation, labelled: true };
  const count = split.inputs.length / machine.plan.features;
  return { samples: { count, inputs: split.inputs, labels: new Uint8Array(count) }, labelled: false };
}

function evaluateSplit(machine: Machine, split: Split): Evaluation {
  const { plan, arena, validation } = machine;
  const { samples, labelled } = samplesOf(machine, split);
  const outputs = new Float32Array(samples.count * plan.classes);
  const hidden = validation.layers.slice(0, -1);
  const units = hidden.map(({ layer }) => new Float32Array(samples.count * layer.outputs));
  const z = validation.layers.at(-1)!.activation;
  const means = evaluateSamples(
    plan,
    arena,
    validation,
  )(samples, (first, count) => {
    for (let k = 0; k < count; k++) {
      classProbabilities(plan, z, k * plan.outputs, outputs, (first + k) * plan.classes);
    }
    hidden.forEach(({ layer, activation }, index) => {
      units[index]!.set(activation.subarray(0, count * layer.outputs), first * layer.outputs);
    });
  });
  const { loss, accuracy } = labelled ? means : { loss: undefined, accuracy: undefined };
  return { count: samples.count, loss, accuracy, outputs, units };
}

/**
 * A program in plain JavaScript. Float64 is for oracles: the same passes with twice the digits. With telemetry `off` it hands over no rows,
 * and counts no quiet steps.
 */
export function compilePlain(
  request: CompileRequest,
  Reals: RealsConstructor = Float32Array,
  telemetry: TelemetryLevel = 'core',
): Program {
  const machine = makeMachine(request, Reals, telemetry);
  const { control, layout, writer } = machine;
  const voices = passesFor(telemetry).map((pass) => pass.javascript(machine));
  const { generation } = request;
  let periods = settingsPeriods(request.recipe, generation);
  const follow = ({ timeline }: Recipe): void => {
    control.pushes = biasPushes(timeline, generation);
    control.spoilt = spoiltBatches(timeline, generation);
    control.production = (step) => productionAt(timeline, generation, step);
  };
  follow(request.recipe);

  const computeStep = (): void => {
    control.settings = settingsAt(periods, control.step);
    for (const voice of voices) voice();
    control.step++;
  };

  return {
    layout,
    get step() {
      return control.step;
    },
    advance: (steps) => {
      for (let k = 0; k < steps; k++) computeStep();
    },
    rows: () => Promise.resolve(writer.take()),
    missed: 0,
    detail: (level) => Promise.resolve(detailOf(machine, level)),
    keep: () => keepNow(control.step, Promise.resolve(takeCheckpoint(machine))),
    checkpoint: () => Promise.resolve(takeCheckpoint(machine)),
    restore: (checkpoint) => {
      applyCheckpoint(machine, checkpoint);
      writer.take();
      return Promise.resolve();
    },
    evaluate: (split) => Promise.resolve(evaluateSplit(machine, split)),
    intervene: (recipe) => {
      periods = settingsPeriods(recipe, generation);
      follow(recipe);
    },
    dispose: () => {
      writer.take();
    },
  };
}

export const plainEngine: Engine = {
  id: 'compiled.plain',
  description: 'JavaScript on the CPU',
  lost: new Promise(() => undefined),
  compile: (request) => Promise.resolve(compilePlain(request)),
  dispose: () => undefined,
};
