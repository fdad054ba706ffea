// Puts a machine together: the memory that a program's passes share.
import { RowWriter } from '../../core/layout.ts';
import { undrifted } from '../../core/stateFaults.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import { signalLayout } from '../../signals/index.ts';
import type { CompileRequest } from '../engine.ts';
import { makeArena, type RealsConstructor } from './arena.ts';
import { fillInitial } from './initial.ts';
import type { Machine, Sums, TelemetryLevel } from './pass.ts';
import { parameterRegions, planNetwork } from './plan.ts';
import { makeWorkspace } from './workspace.ts';

/** Examples per chunk of an evaluation: enough to amortise a pass, small enough to stay in the cache. */
const evaluationChunk = 256;

function emptySums(layers: number): Sums {
  return {
    loss: 0,
    right: 0,
    nonfiniteLosses: 0,
    gradientSquares: new Float64Array(layers),
    gradientNorm: 0,
    nonfiniteGradients: 0,
    clipFactor: 1,
    updateSquares: 0,
    parameterSquares: 0,
    nonfiniteWeights: 0,
    validationLoss: 0,
    validationAccuracy: 0,
    evaluatedAt: -1,
    divergences: { window: 0, batch: 0 },
  };
}

/** Initial parameters from the recipe's seed. */
export function fillParameters({ recipe, plan, arena }: Machine): void {
  for (const region of parameterRegions(plan)) {
    fillInitial(recipe, region, region.layer.number <= plan.hiddenLayers, arena.region(region.name));
  }
}

export function makeMachine(
  request: CompileRequest,
  Reals: RealsConstructor,
  telemetry: TelemetryLevel = 'core',
): Machine {
  const { recipe, generation, dataset, fromStep } = request;
  const settings = settingsAt(settingsPeriods(recipe, generation), fromStep);
  const plan = planNetwork(recipe, settings, dataset);
  const arena = makeArena(plan, Reals);
  const layout = signalLayout(plan.hiddenLayers);
  const machine: Machine = {
    recipe,
    plan,
    dataset,
    arena,
    telemetry,
    training: makeWorkspace(plan, plan.batch, Reals, plan.dropout),
    deltas: plan.layers.map(({ outputs }) => new Reals(plan.batch * outputs)),
    validation: makeWorkspace(plan, evaluationChunk, Reals, false),
    control: { step: fromStep, settings, pushes: [], spoilt: [], production: () => undrifted },
    sums: emptySums(plan.layers.length),
    layout,
    writer: new RowWriter(layout),
  };
  fillParameters(machine);
  return machine;
}
