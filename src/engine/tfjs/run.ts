// Everything that the steps and evaluations of one program share, on the device and off it.
import type { RowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import { settingsAt, settingsPeriods } from '../../core/timeline.ts';
import type { Dataset } from '../../data/dataset.ts';
import { signalLayout } from '../../signals/index.ts';
import { planNetwork } from '../compiled/plan.ts';
import type { CompileRequest } from '../engine.ts';
import type { Backend } from './backend.ts';
import { upload, type Examples } from './examples.ts';
import { makeNetwork, type Network } from './network.ts';
import { State } from './state.ts';

export interface Run {
  readonly network: Network;
  readonly state: State;
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly layout: RowLayout;
  /** Both sets with the labels of the data; a batch carries those that training sees. */
  readonly train: Examples;
  readonly validation: Examples;
}

/** The settings in force at `fromStep` decide the structure. The backend must be the active one. */
export function makeRun(backend: Backend, { recipe, generation, dataset, fromStep }: CompileRequest): Run {
  const settings = settingsAt(settingsPeriods(recipe, generation), fromStep);
  const network = makeNetwork(backend, planNetwork(recipe, settings, dataset));
  return {
    network,
    state: new State(network, recipe, fromStep),
    recipe,
    dataset,
    layout: signalLayout(network.plan.hiddenLayers),
    train: upload(network, dataset.train),
    validation: upload(network, dataset.validation),
  };
}

export function disposeRun({ network, state, train, validation }: Run): void {
  state.dispose();
  network.dispose();
  for (const { inputs, labels } of [train, validation]) {
    inputs.dispose();
    labels.dispose();
  }
}
