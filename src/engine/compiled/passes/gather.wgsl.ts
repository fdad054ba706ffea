// WGSL voices of `gather` and `push-biases`: the step's mini-batch, and the biases that the timeline pushes.
import { streams } from '../../../core/random.ts';
import { at, tasks, type Kernel, type TaskPart } from '../gpu/stage.ts';
import { pushWords, spoiltWords } from '../gpu/table.ts';

/** Inputs of one example that one invocation copies. */
export const pieceSize = 64;

/** Reads element `index` of the inputs as the network sees it. */
export function inputDeclaration(bytes: 1 | 4): string {
  const word =
    bytes === 1
      ? 'f32((data[index >> 2u] >> ((index & 3u) * 8u)) & 0xffu) / 255.0'
      : 'bitcast<f32>(data[index])';
  return `
fn input_at(index: u32) -> f32 { return ${word}; }
fn label_at(index: u32) -> u32 { return (data[index >> 2u] >> ((index & 3u) * 8u)) & 0xffu; }
`;
}

/** Copies elements `piece` × 64 … `end` from `source` on to `target_row`, times `factor`; whole words of bytes where a row is made of such. */
export function copyInputs({ inputBytes, plan }: Kernel, source: string, factor = '1.0'): string {
  if (inputBytes !== 1 || plan.features % 4 !== 0) {
    return `for (var f = piece * ${pieceSize}u; f < end; f++) { arena[target_row + f] = input_at(${source} + f) * ${factor}; }`;
  }
  return `for (var f = piece * ${pieceSize}u; f < end; f += 4u) {
  let word = data[(${source} + f) >> 2u];
  arena[target_row + f] = f32(word & 0xffu) / 255.0 * ${factor};
  arena[target_row + f + 1u] = f32((word >> 8u) & 0xffu) / 255.0 * ${factor};
  arena[target_row + f + 2u] = f32((word >> 16u) & 0xffu) / 255.0 * ${factor};
  arena[target_row + f + 3u] = f32(word >> 24u) / 255.0 * ${factor};
}`;
}

export function gatherPart(kernel: Kernel): TaskPart {
  const { plan, batch } = kernel;
  const { features } = plan;
  const { levels, first } = plan.labels;
  const pieces = Math.ceil(features / pieceSize);
  return tasks(
    batch * pieces,
    `
let row = t / ${pieces}u;
let piece = t % ${pieces}u;
let p = period(replica, step);
let seed = seed_of(replica);
let pool = table[p + 8u];
let epoch = step / table[p + 9u];
let first = (step % table[p + 9u]) * ${batch}u;
let place = permuted((first + row) % pool, pool, seed, ${streams.order}u, epoch);
var example = place;
if (table[p + 12u] == 1u) { example = permuted(place, header(replica, 9u), seed, ${streams.fault}u, 0u); }
let source = header(replica, 5u) + example * ${features}u;
let target_row = ${at(kernel, 'x')} + row * ${features}u;
let end = min((piece + 1u) * ${pieceSize}u, ${features}u);
var factor = 1.0;
var swaps = 0u;
for (var k = 0u; k < header(replica, 11u); k++) {
  let spoilt = header(replica, 12u) + k * ${spoiltWords}u;
  if (step < table[spoilt] || step - table[spoilt] >= table[spoilt + 1u]) { continue; }
  factor *= number(table[spoilt + 2u]);
  swaps += table[spoilt + 3u];
}
${copyInputs(kernel, 'source', 'factor')}
if (piece == 0u) {
  var label = label_at(header(replica, 6u) + example);
  if (place < table[p + 13u]) {
    label = (label + 1u + hash(seed, ${streams.mislabel}u, place, 0u) % ${levels - 1}u) % ${levels}u;
  }
  arena[${at(kernel, 'labels')} + row] = f32((label + swaps * ${first}u) % ${levels}u);
}
`,
  );
}

/** Each task pushes the unit at one place of every push's permutation: no two tasks meet in a bias. */
export function pushPart(kernel: Kernel): TaskPart {
  const hidden = kernel.plan.layers.slice(0, kernel.plan.hiddenLayers);
  const cases = hidden.map(
    ({ number, outputs }) =>
      `case ${number}u: { biases = ${at(kernel, `biases.${number}`)}; width = ${outputs}u; }`,
  );
  return tasks(
    Math.max(1, ...hidden.map(({ outputs }) => outputs)),
    `
let pushes = header(replica, 3u);
for (var k = 0u; k < pushes; k++) {
  let push = header(replica, 4u) + k * ${pushWords}u;
  if (step < table[push] || step - table[push] >= table[push + 1u]) { continue; }
  let layer = table[push + 2u];
  var biases = 0u;
  var width = 0u;
  switch (layer) {
    ${cases.join('\n    ')}
    default: {}
  }
  if (t >= min(table[push + 3u], width)) { continue; }
  let unit = permuted(t, width, seed_of(replica), ${streams.fault}u, layer);
  arena[biases + unit] = arena[biases + unit] + number(table[push + 4u]);
}
`,
  );
}
