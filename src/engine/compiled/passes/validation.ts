// Validation at steps mod E, with the weights that the row was computed with; evaluated later it would seem to lead by a step.
import type { Samples } from '../../../data/dataset.ts';
import { inputScale } from '../../../data/dataset.ts';
import type { Arena } from '../arena.ts';
import type { Pass } from '../pass.ts';
import type { Plan } from '../plan.ts';
import type { Workspace } from '../workspace.ts';
import { networkForward } from './forward.ts';
import { sumLosses } from './loss.ts';

/** Copies `count` examples from number `first` into a workspace. */
function loadExamples(
  workspace: Workspace,
  samples: Samples,
  features: number,
  first: number,
  count: number,
) {
  const scale = inputScale(samples);
  for (let k = 0; k < count * features; k++)
    workspace.input[k] = samples.inputs[first * features + k]! * scale;
  for (let k = 0; k < count; k++) workspace.labels[k] = samples.labels[first + k]!;
}

/** Mean loss and accuracy over a whole set, in chunks of the workspace's capacity; `visit` sees each chunk after its forward pass. */
export function evaluateSamples(plan: Plan, arena: Arena, workspace: Workspace) {
  const forward = networkForward(plan, arena, workspace, 'running');
  return (samples: Samples, visit: (first: number, count: number) => void = () => undefined) => {
    let loss = 0;
    let right = 0;
    for (let first = 0; first < samples.count; first += workspace.capacity) {
      const count = Math.min(workspace.capacity, samples.count - first);
      loadExamples(workspace, samples, plan.features, first, count);
      forward(count);
      const sums = sumLosses(plan, workspace, count);
      loss += sums.loss;
      right += sums.right;
      visit(first, count);
    }
    return { loss: loss / samples.count, accuracy: right / samples.count };
  };
}

export const validation: Pass = {
  id: 'validation',
  javascript: ({ recipe, plan, dataset, arena, validation: workspace, control, sums }) => {
    const evaluate = evaluateSamples(plan, arena, workspace);
    return () => {
      if (control.step % recipe.validateEvery !== 0) return;
      const { loss, accuracy } = evaluate(dataset.validation);
      sums.validationLoss = loss;
      sums.validationAccuracy = accuracy;
      sums.evaluatedAt = control.step;
    };
  },
};
