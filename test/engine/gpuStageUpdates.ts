// What the stages write that sum over the batch, and the optimizer: gradients, what telemetry knows of units, new parameters.
import { scheduledRate } from '../../src/core/schedule.ts';
import { adamBeta2 } from '../../src/engine/compiled/passes/optimizer.ts';
import { saturationMargin } from '../../src/signals/index.ts';
import {
  exact,
  near,
  parameterNames,
  products,
  share,
  type Expected,
  type Recording,
  type Total,
} from './gpuStageOracle.ts';

type Pair = readonly [string, Expected];

export function gradientWrites(it: Recording, totals: Map<string, Total>, number: number): readonly Pair[] {
  const { machine, pushed } = it;
  const { plan, control, sums } = machine;
  const { layer } = it.machine.training.layers[number - 1]!;
  const { inputs, outputs } = layer;
  const delta = machine.deltas[number - 1]!;
  const input = it.input(number - 1);
  const { sizes } = products(
    outputs,
    inputs,
    plan.batch,
    (j, x) => delta[x * outputs + j]!,
    (i, x) => input[x * inputs + i]!,
  );
  const old = pushed.get(`weights.${number}`)!;
  const weights = it.machine.arena.region(`gradient.weights.${number}`);
  const slack = sizes.map((size, k) => share * (size + control.settings.l2 * Math.abs(old[k]!)));
  const biases = it.machine.arena.region(`gradient.biases.${number}`);
  const biasSlack = new Float64Array(outputs);
  delta.forEach((value, e) => (biasSlack[e % outputs]! += share * Math.abs(value)));
  const squares = sums.gradientSquares[number - 1]!;
  const moved = (values: ArrayLike<number>, off: Float64Array) =>
    off.reduce((total, value, k) => total + 2 * Math.abs(values[k]!) * value, 0);
  totals.set(`squares.${number}`, {
    total: squares,
    slack: share * squares + moved(weights, slack) + moved(biases, biasSlack),
  });
  return [
    [`gradient.weights.${number}`, { values: weights, slack }],
    [`gradient.biases.${number}`, { values: biases, slack: biasSlack }],
    ...(number <= plan.hiddenLayers ? unitSignals(it, number) : []),
  ];
}

function unitSignals(it: Recording, number: number): readonly Pair[] {
  const { layer, activation } = it.machine.training.layers[number - 1]!;
  const { outputs, activation: kind } = layer;
  const [sums, sizes, saturated] = [
    new Float64Array(outputs),
    new Float64Array(outputs),
    new Float64Array(outputs),
  ];
  const low = kind === 'tanh' ? -1 : 0;
  const margin = saturationMargin * (1 - low);
  activation.forEach((y, e) => {
    sums[e % outputs]! += y;
    sizes[e % outputs]! += share * Math.abs(y);
    if (y <= low + margin || y >= 1 - margin) saturated[e % outputs]!++;
  });
  const pairs: Pair[] = [[`unitSum.${number}`, { values: sums, slack: sizes }]];
  if (kind === 'relu') pairs.push([`quiet.${number}`, exact(it.machine.arena.region(`quiet.${number}`))]);
  if (kind === 'tanh' || kind === 'sigmoid') pairs.push([`unitSaturated.${number}`, exact(saturated)]);
  return pairs;
}

export function updateWrites(it: Recording, totals: Map<string, Total>): readonly Pair[] {
  const { machine, pushed, step } = it;
  const { plan, control, sums } = machine;
  const { momentum } = control.settings;
  const rate = scheduledRate(control.settings, step);
  const all = (name: string): readonly Pair[] => {
    const gradient = it.machine.arena.region(`gradient.${name}`);
    const clipped = Float64Array.from(gradient, (g) => Math.abs(sums.clipFactor * g));
    const before = pushed.get(name)!;
    const after = it.machine.arena.region(name);
    const moment1 = plan.optimizer === 'sgd' ? undefined : it.machine.arena.region(`moment1.${name}`);
    const own = plan.optimizer === 'adam' ? 1 - momentum : 1;
    const terms = clipped.map(
      (g, k) => own * g + (moment1 ? momentum * Math.abs(pushed.get(`moment1.${name}`)![k]!) : 0),
    );
    const moment2 = plan.optimizer === 'adam' ? it.machine.arena.region(`moment2.${name}`) : undefined;
    const reach = (k: number): number => {
      if (!moment2) return rate;
      const [first, second] = [1 - momentum ** (step + 1), 1 - adamBeta2 ** (step + 1)];
      return rate / first / (Math.sqrt(moment2[k]! / second) + 1e-8);
    };
    // A weight may be off by what its change may be off, and by the rounding of the difference.
    const slack = terms.map(
      (term, k) => share * reach(k) * term + 2 ** -23 * Math.max(Math.abs(before[k]!), Math.abs(after[k]!)),
    );
    return [
      [name, { values: after, slack }],
      ...(moment1
        ? [[`moment1.${name}`, { values: moment1, slack: terms.map((term) => share * term) }] as const]
        : []),
      ...(moment2 ? [[`moment2.${name}`, near(moment2)] as const] : []),
    ];
  };
  totals.set('updateSquares', { total: sums.updateSquares, slack: share * sums.updateSquares });
  totals.set('parameterSquares', {
    total: sums.parameterSquares,
    slack: share * sums.parameterSquares,
  });
  return parameterNames(machine).flatMap(all);
}
