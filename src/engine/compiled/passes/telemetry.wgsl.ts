// WGSL voice of `telemetry`: one combined reduction of all partial sums, and the step's row.
import { stateHead, stateWords } from '../gpu/prelude.ts';
import { at, literal, type GroupPart, type Kernel } from '../gpu/stage.ts';
import { gradientSlots, smallScale } from './backward.wgsl.ts';
import { bigScale, optimizerSlots } from './optimizer.wgsl.ts';

/** Word of the state of a replica. */
export function stateWord(word: number): string {
  return `state[${stateHead}u + replica * ${stateWords}u + ${word}u]`;
}

/** Sums that a row is made of, each with the code that adds up an invocation's share. */
class Quantities {
  readonly names: string[] = [];
  readonly code: string[] = [];
  readonly #lanes: number;

  constructor(lanes: number) {
    this.#lanes = lanes;
  }

  add(names: readonly string[], code: string): void {
    this.names.push(...names);
    this.code.push(code);
  }

  each(count: number, body: string): string {
    return `for (var k = lid; k < ${count}u; k += ${this.#lanes}u) { ${body} }`;
  }
}

/** Code that runs where one of some sums is not finite, and what stands in its place where all are. */
function unlessFinite(sums: readonly string[], rare: string, usual = ''): string {
  const condition = sums.map((sum) => `is_nonfinite(${sum})`).join(' || ');
  return `if (${condition}) { ${rare} }${usual && ` else { ${usual} }`}`;
}

function scaled(squares: string): string {
  return `(${squares} * ${smallScale}) * ${smallScale}`;
}

/** Only a sum that is not finite makes anyone look for values that are not, or add up squares beyond f32. */
function quantitiesOf(kernel: Kernel, lanes: number): Quantities {
  const { plan, batch } = kernel;
  const all = new Quantities(lanes);
  const load = (name: string): string => `arena[${at(kernel, name)} + k]`;
  all.add(
    ['loss', 'right', 'bad_losses'],
    `${all.each(batch, `loss += ${load('rowLoss')} * ${literal(1 / batch)}; right += ${load('rowRight')};`)}
    ${unlessFinite(['loss'], all.each(batch, `bad_losses += select(0.0, 1.0, is_nonfinite(${load('rowLoss')}));`))}`,
  );
  all.add(['bad_gradients'], '');
  for (const layer of plan.layers) {
    const l = layer.number;
    const slots = gradientSlots(kernel, layer);
    const rare = `let part = ${load(`squares.${l}`)};
      if (is_nonfinite(part)) { big${l} += ${load(`big.${l}`)}; bad_gradients += ${load(`bad.${l}`)}; }
      else { big${l} += ${scaled('part')}; }`;
    all.add(
      [`squares${l}`, `big${l}`],
      `${all.each(slots, `squares${l} += ${load(`squares.${l}`)};`)}
      ${unlessFinite([`squares${l}`], all.each(slots, rare), `big${l} = ${scaled(`squares${l}`)};`)}`,
    );
  }
  const slots = optimizerSlots(kernel);
  const rare = `let update = ${load('updateSquares')};
    let parameter = ${load('parameterSquares')};
    if (is_nonfinite(update) || is_nonfinite(parameter)) {
      updates_big += ${load('updateBig')};
      parameters_big += ${load('parameterBig')};
      bad_weights += ${load('updateBad')};
    } else {
      updates_big += ${scaled('update')};
      parameters_big += ${scaled('parameter')};
    }`;
  all.add(
    ['updates', 'parameters', 'updates_big', 'parameters_big', 'bad_weights'],
    `${all.each(slots, `updates += ${load('updateSquares')}; parameters += ${load('parameterSquares')};`)}
    ${unlessFinite(
      ['updates', 'parameters'],
      all.each(slots, rare),
      `updates_big = ${scaled('updates')}; parameters_big = ${scaled('parameters')};`,
    )}`,
  );
  for (const { number, outputs, activation } of plan.layers.slice(0, plan.hiddenLayers)) {
    const dead = activation === 'relu';
    const saturates = activation === 'tanh' || activation === 'sigmoid';
    const body = `mean${number} += ${load(`unitSum.${number}`)} * ${literal(1 / batch / outputs)};
      ${dead ? `dead${number} += select(0.0, 1.0, ${load(`quiet.${number}`)} >= ${literal(kernel.window)});` : ''}
      ${saturates ? `saturated${number} += ${load(`unitSaturated.${number}`)};` : ''}`;
    all.add(
      [`mean${number}`, ...(dead ? [`dead${number}`] : []), ...(saturates ? [`saturated${number}`] : [])],
      all.each(outputs, body),
    );
  }
  return all;
}

/** Columns of a row by `signal.layer`, as expressions of the totals. */
function columnsOf(kernel: Kernel): ReadonlyMap<string, string> {
  const { plan, batch } = kernel;
  const layers = plan.layers.map(({ number }) => number);
  const last = layers.length;
  // A ratio is one of norms: where one sum of squares is beyond f32, the other, scaled as small, would be 0.
  const norm = (squares: string, big: string): string =>
    `select(sqrt(${squares}), sqrt(${big}) * ${bigScale}, is_nonfinite(${squares}))`;
  const total = (name: string): string => layers.map((l) => `${name}${l}`).join(' + ');
  const hidden = plan.layers.slice(0, plan.hiddenLayers);
  return new Map([
    ['loss.0', 'loss'],
    ['accuracy.0', `right / ${literal(batch)}`],
    ['gradient_norm.0', norm(`(${total('squares')})`, `(${total('big')})`)],
    ['gradient_norm_ratio.0', `${norm('squares1', 'big1')} / ${norm(`squares${last}`, `big${last}`)}`],
    ['update_ratio.0', `${norm('updates', 'updates_big')} / ${norm('parameters', 'parameters_big')}`],
    ['learning_rate.0', 'learning_rate(period(replica, step), step)'],
    ['nonfinite_loss.0', 'bad_losses'],
    ['nonfinite_gradient.0', 'bad_gradients'],
    ['nonfinite_weight.0', 'bad_weights'],
    ...hidden.map(({ number }) => [`activation_mean.${number}`, `mean${number}`] as const),
    ...hidden
      .filter(({ activation }) => activation === 'relu')
      .map(
        ({ number, outputs }) =>
          [`dead_neuron_ratio.${number}`, `dead${number} / ${literal(outputs)}`] as const,
      ),
    ...hidden
      .filter(({ activation }) => activation === 'tanh' || activation === 'sigmoid')
      .map(
        ({ number, outputs }) =>
          [`saturation_ratio.${number}`, `saturated${number} / ${literal(outputs * batch)}`] as const,
      ),
  ]);
}

/** Columns of the last evaluation, as words. */
function evaluatedColumns({ telemetry }: Kernel): ReadonlyMap<string, string> {
  return new Map([
    ['validation_loss.0', stateWord(1)],
    ['validation_accuracy.0', stateWord(2)],
    ['evaluated_at.0', `bitcast<u32>(f32(${stateWord(0)} - 1u))`],
    ...(telemetry === 'core'
      ? ([
          ['input_kl_divergence.0', stateWord(5)],
          ['input_kl_batch.0', stateWord(6)],
        ] as const)
      : []),
  ]);
}

/** Writes the row; presence bits are constants, but for those of the evaluation. */
function rowCode(kernel: Kernel): string {
  const { layout } = kernel;
  const columns = columnsOf(kernel);
  const evaluated = evaluatedColumns(kernel);
  const presence = (known: ReadonlyMap<string, string>): readonly number[] =>
    Array.from({ length: layout.presenceWords }, (_, word) =>
      layout.columns.reduce(
        (bits, { signal, layer }, column) =>
          column >>> 5 === word && known.has(`${signal}.${layer}`)
            ? (bits | (1 << (column & 31))) >>> 0
            : bits,
        0,
      ),
    );
  const always = presence(columns);
  const later = presence(evaluated);
  const firstColumn = 1 + layout.presenceWords;
  const writes = layout.columns.flatMap(({ signal, layer }, column) => {
    const value = columns.get(`${signal}.${layer}`);
    const word = evaluated.get(`${signal}.${layer}`);
    if (value === undefined && word === undefined) return [`ring[row + ${firstColumn + column}u] = 0u;`];
    const bits = value === undefined ? `select(0u, ${word ?? ''}, seen)` : `bitcast<u32>(${value})`;
    return [`ring[row + ${firstColumn + column}u] = ${bits};`];
  });
  return `
let row = ((step % control.ringRows) * control.replicas + replica) * ${layout.width}u;
let seen = ${stateWord(0)} > 0u;
ring[row] = step;
${always.map((bits, word) => `ring[row + ${1 + word}u] = ${bits}u | select(0u, ${later[word] ?? 0}u, seen);`).join('\n')}
${writes.join('\n')}
`;
}

/** The last stage of a step: with telemetry its row, in the staged execution the step's number. */
export function finishPart(kernel: Kernel, staged: boolean): GroupPart | undefined {
  const advance = staged ? `if (lid == 0u) { ${stateWord(7)} = step + 1u; }` : '';
  if (kernel.telemetry === 'off') {
    return staged ? { kind: 'group', groups: 1, declarations: '', code: advance } : undefined;
  }
  const { workgroup } = kernel.shape;
  const lanes = Math.min(workgroup, 64);
  const { names, code } = quantitiesOf(kernel, lanes);
  const count = names.length;
  return {
    kind: 'group',
    groups: 1,
    declarations: `var<workgroup> folded: array<f32, ${count * lanes}>;`,
    code: `
if (lid < ${lanes}u) {
  ${names.map((name) => `var ${name} = 0.0;`).join('\n')}
  ${code.join('\n')}
  ${names.map((name, q) => `folded[${q * lanes}u + lid] = ${name};`).join('\n')}
}
workgroupBarrier();
for (var q = lid; q < ${count}u; q += ${workgroup}u) {
  var sum = 0.0;
  for (var k = 0u; k < ${lanes}u; k++) { sum += folded[q * ${lanes}u + k]; }
  folded[q * ${lanes}u] = sum;
}
workgroupBarrier();
if (lid == 0u) {
  ${names.map((name, q) => `let ${name} = folded[${q * lanes}u];`).join('\n')}
  ${rowCode(kernel)}
}
${advance}
`,
  };
}
