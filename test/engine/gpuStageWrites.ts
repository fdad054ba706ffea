// Every stage of a training step: the regions that it writes, and what the JavaScript voices wrote there.
import type { Kernel } from '../../src/engine/compiled/gpu/stage.ts';
import { runningShare } from '../../src/engine/compiled/passes/batchNorm.ts';
import {
  dense,
  exact,
  headSlack,
  near,
  products,
  rowsOf,
  share,
  slopeOf,
  type Expected,
  type Recording,
  type Total,
  type Written,
} from './gpuStageOracle.ts';
import { shiftAt } from './naiveShift.ts';
import { gradientWrites, updateWrites } from './gpuStageUpdates.ts';

type Pair = readonly [string, Expected];

/** The stages of one step, by what they write. */
export class StageWrites {
  readonly #kernel: Kernel;
  readonly #it: Recording;
  readonly #totals = new Map<string, Total>();
  #outputWaits = true;

  constructor(kernel: Kernel, recording: Recording) {
    this.#kernel = kernel;
    this.#it = recording;
  }

  /** To be asked in the order of the stages. */
  of(id: string): Written {
    this.#totals.clear();
    const [kind = '', number] = id.split('.');
    const regions = new Map(kind === 'shift' ? this.#shift(number) : this.#regionsOf(kind, Number(number)));
    return { regions, totals: new Map(this.#totals) };
  }

  #regionsOf(kind: string, number: number): readonly Pair[] {
    if (kind === 'gather') return this.#gather();
    if (kind === 'forward') return this.#forward(number);
    if (kind === 'normalise') return this.#normalise(number);
    if (kind === 'head') return this.#head();
    if (kind === 'push') return this.#push();
    if (kind === 'optimizer') return [...updateWrites(this.#it, this.#totals), ...this.#next()];
    if (kind === 'finish') return [];
    const { length } = this.#kernel.plan.layers;
    const output = this.#outputWaits && number < length ? gradientWrites(this.#it, this.#totals, length) : [];
    this.#outputWaits = false;
    if (kind === 'normalise-backward') return [...output, ...this.#normaliseBackward(number)];
    const below: readonly Pair[] = number > 1 && number < length ? [this.#delta(number - 1)] : [];
    return [...output, ...below, ...gradientWrites(this.#it, this.#totals, number)];
  }

  #region(name: string): ArrayLike<number> {
    return this.#it.machine.arena.region(name);
  }

  #space(number: number) {
    return this.#it.machine.training.layers[number - 1]!;
  }

  #gather(): readonly Pair[] {
    const { training } = this.#it.machine;
    return [
      ['x', near(training.input)],
      ['labels', exact(training.labels)],
    ];
  }

  /** A value close to a bound may fall beside it where float32 has moved it; undrifted values do not move. */
  #shift(what: string | undefined): readonly Pair[] {
    if (what !== 'draw') return [];
    const { request, step } = this.#it;
    const bins = shiftAt(request, step).bins.flat();
    const isDrifted = request.recipe.timeline.some(({ change }) => change.kind === 'drift');
    const total = bins.reduce((sum, bin) => sum + bin, 0);
    this.#totals.set('shift.bins', { total, slack: isDrifted ? 4 : 0 });
    return [['shift.bins', { values: bins, slack: bins.map(() => (isDrifted ? 1 : 0)) }]];
  }

  #push(): readonly Pair[] {
    const { plan } = this.#it.machine;
    return plan.layers
      .slice(0, plan.hiddenLayers)
      .map(({ number }) => [`biases.${number}`, near(this.#it.pushed.get(`biases.${number}`)!)]);
  }

  /** The optimizer's stage fetches the examples of the next step. */
  #next(): readonly Pair[] {
    const { x, labels } = this.#it.next;
    return [
      ['x', near(x)],
      ['labels', exact(labels)],
    ];
  }

  #dense(number: number) {
    const { plan } = this.#it.machine;
    const [weights, biases] = [`weights.${number}`, `biases.${number}`].map((name) =>
      this.#it.pushed.get(name)!,
    );
    return dense(this.#it.input(number - 1), weights!, biases!, this.#space(number).layer, plan.batch);
  }

  /** Activation and what dropout leaves of it; `sizes` are Σ|x| of what the activation is of. */
  #activated(number: number, sizes: Float64Array): readonly Pair[] {
    const { activation, output, mask } = this.#space(number);
    const slack = sizes.map((size, e) => share * (size + Math.abs(activation[e]!)));
    const out = slack.map((value, e) => (mask[e] === 0 ? 0 : value * mask[e]!));
    const pairs: Pair[] = [[`a.${number}`, { values: activation, slack }]];
    if (mask.length > 0) pairs.push([`out.${number}`, { values: output, slack: out }]);
    return pairs;
  }

  #forward(number: number): readonly Pair[] {
    const { values, sizes } = this.#dense(number);
    if (!this.#space(number).layer.batchNorm) return this.#activated(number, sizes);
    return [[`z.${number}`, { values, slack: sizes.map((size) => share * size) }]];
  }

  #normalise(number: number): readonly Pair[] {
    const { batch } = this.#kernel;
    const { layer, normalised, inverseDeviation } = this.#space(number);
    const width = layer.outputs;
    const { pushed } = this.#it;
    const old = (name: string, unit: number) => pushed.get(`${name}.${number}`)![unit]!;
    const z = this.#dense(number).values;
    const sizes = new Float64Array(width);
    z.forEach((value, e) => (sizes[e % width]! += Math.abs(value) / batch));
    const slack = Float64Array.from(z, (value, e) => {
      const inverse = inverseDeviation[e % width]!;
      return share * (inverse * (Math.abs(value) + sizes[e % width]!) + Math.abs(normalised[e]!));
    });
    const scaled = slack.map((value, e) => {
      const [gamma, beta] = [old('gamma', e % width), old('beta', e % width)];
      return (Math.abs(gamma) * value) / share + Math.abs(beta);
    });
    const entry = Math.max(1 / (old('runningCount', 0) + 1), runningShare);
    const [mean, variance] = ['runningMean', 'runningVariance'].map((name) =>
      this.#region(`${name}.${number}`),
    );
    const meanSlack = sizes.map((size, unit) => {
      const before = Math.abs(old('runningMean', unit));
      return share * (before + entry * (size + Math.abs(old('biases', unit)) + before));
    });
    return [
      [`normalised.${number}`, { values: normalised, slack }],
      [`inverse.${number}`, near(inverseDeviation)],
      ...this.#activated(number, scaled),
      [`runningMean.${number}`, { values: mean!, slack: meanSlack }],
      [`runningVariance.${number}`, near(variance!)],
    ];
  }

  #head(): readonly Pair[] {
    const { machine } = this.#it;
    const { plan, training, deltas } = machine;
    const number = plan.layers.length;
    const { sizes } = this.#dense(number);
    const slack = headSlack(machine, training, sizes, plan.batch);
    const rows = rowsOf(machine, training, plan.batch);
    const counts = plan.layers.filter(({ batchNorm }) => batchNorm);
    const own = slack.gradient.map((value) => value / plan.batch);
    return [
      [
        `z.${number}`,
        { values: training.layers.at(-1)!.activation, slack: sizes.map((size) => share * size) },
      ],
      [
        'rowLoss',
        { values: rows.loss, slack: slack.loss.map((value, row) => value + share * rows.loss[row]!) },
      ],
      ['rowRight', exact(rows.right)],
      [`delta.${number}`, { values: deltas.at(-1)!, slack: own }],
      ...(plan.hiddenLayers > 0 ? [this.#delta(number - 1, own)] : []),
      ...counts.map((layer): Pair => [
        `runningCount.${layer.number}`,
        exact(this.#region(`runningCount.${layer.number}`)),
      ]),
    ];
  }

  /** Delta by a hidden layer's preactivation; with batch norm, by its activation. @param above slack of the delta above */
  #delta(number: number, above?: Float64Array): Pair {
    const { plan, deltas } = this.#it.machine;
    const { layer, activation, mask } = this.#space(number);
    const width = layer.outputs;
    const over = plan.layers[number]!.outputs;
    const weights = this.#it.pushed.get(`weights.${number + 1}`)!;
    const delta = deltas[number]!;
    const through = (from: ArrayLike<number>, sign: (value: number) => number) =>
      products(
        plan.batch,
        width,
        over,
        (i, j) => from[i * over + j]!,
        (unit, j) => sign(weights[j * width + unit]!),
      );
    const { values, sizes } = through(delta, (value) => value);
    const moved = above ? through(above, Math.abs).values : new Float64Array(sizes.length);
    const factor = (e: number) => (mask.length > 0 ? mask[e]! : 1);
    const slack = sizes.map((size, e) => {
      if (factor(e) === 0) return 0;
      const off = factor(e) * (share * size + moved[e]!);
      if (layer.batchNorm) return off;
      const [slope, terms] = slopeOf(layer, plan.slope, activation[e]!);
      return off * Math.abs(slope) + share * factor(e) * Math.abs(values[e]!) * terms;
    });
    const masked = values.map((value, e) => (factor(e) === 0 ? 0 : value * factor(e)));
    return [`delta.${number}`, { values: layer.batchNorm ? masked : deltas[number - 1]!, slack }];
  }

  #normaliseBackward(number: number): readonly Pair[] {
    const { machine, pushed } = this.#it;
    const { batch, slope: leak } = machine.plan;
    const { layer, activation, normalised, inverseDeviation } = this.#space(number);
    const width = layer.outputs;
    const [, { values: masked }] = this.#delta(number);
    const values = Float64Array.from(masked, (value, e) => value * slopeOf(layer, leak, activation[e]!)[0]);
    // f′ is a sum itself: what it is made of counts.
    const sizes = Float64Array.from(
      masked,
      (value, e) => Math.abs(value) * slopeOf(layer, leak, activation[e]!)[1],
    );
    const [beta, gamma] = [new Float64Array(width), new Float64Array(width)];
    sizes.forEach((size, e) => {
      beta[e % width]! += size;
      gamma[e % width]! += size * Math.abs(normalised[e]!);
    });
    const slack = values.map((_, e) => {
      const unit = e % width;
      const scale = Math.abs(pushed.get(`gamma.${number}`)![unit]! * inverseDeviation[unit]!);
      return share * scale * (sizes[e]! + (beta[unit]! + Math.abs(normalised[e]!) * gamma[unit]!) / batch);
    });
    const sum = (name: string, terms: Float64Array): Pair => [
      `gradient.${name}.${number}`,
      { values: this.#region(`gradient.${name}.${number}`), slack: terms.map((size) => share * size) },
    ];
    return [
      [`delta.${number}`, { values: machine.deltas[number - 1]!, slack }],
      sum('beta', beta),
      sum('gamma', gamma),
    ];
  }
}
