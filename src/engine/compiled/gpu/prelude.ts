// WGSL that every kernel shares: bindings, the recipe's integer hashes, and functions that survive NaN and small arguments.
import { streams } from '../../../core/random.ts';
import { headerWords, periodWords, productionWords } from './table.ts';

/** Words of `state` before the replicas' own: the step. */
export const stateHead = 8;
/** Per replica: evaluated at (+1, 0 = never), loss and accuracy there, sums of the evaluation under way, divergences of window and batch, step. */
export const stateWords = 8;

export const bindings = /* wgsl */ `
struct Control { fromStep: u32, steps: u32, ringRows: u32, replicas: u32 }
@group(0) @binding(0) var<storage, read> data: array<u32>;
@group(0) @binding(1) var<storage, read> table: array<u32>;
@group(0) @binding(2) var<storage, read_write> arena: array<f32>;
@group(0) @binding(3) var<storage, read_write> state: array<u32>;
@group(0) @binding(4) var<storage, read_write> ring: array<u32>;
@group(0) @binding(5) var<uniform> control: Control;
`;

/**
 * WGSL lets an implementation assume that there is no NaN, and some do (max(NaN, 0) = 0, exp(NaN) = ∞): so bits decide.
 * expm1 is a Taylor polynomial near 0, log1p the series of artanh with an error below 1e-7 over [0, 9]; the built-in exp, log and tanh
 * lose up to four digits for small arguments on software adapters.
 */
const numbers = /* wgsl */ `
fn bits_of(x: f32) -> u32 { return bitcast<u32>(x); }
fn is_nonfinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u; }
fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
fn number(word: u32) -> f32 { return bitcast<f32>(word); }
fn safe_exp(x: f32) -> f32 { return select(exp(x), x, is_nan(x)); }
fn safe_expm1(x: f32) -> f32 {
  let near = x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0 * (1.0 + x / 7.0))))));
  return select(safe_exp(x) - 1.0, near, abs(x) < 0.4);
}
fn safe_tanh(x: f32) -> f32 {
  let t = safe_expm1(-2.0 * abs(x));
  let magnitude = -t / (t + 2.0);
  return select(select(magnitude, -magnitude, x < 0.0), x, is_nan(x));
}
fn safe_sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + safe_exp(-x)); }
fn safe_log1p(y: f32) -> f32 {
  if (is_nonfinite(y)) { return y; }
  var rest = y;
  var halvings = 0.0;
  while (rest > 1.0) {
    rest = (rest - 1.0) * 0.5;
    halvings += 1.0;
  }
  let s = rest / (2.0 + rest);
  let q = s * s;
  let series = 1.0 + q * (1.0 / 3.0 + q * (0.2 + q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q / 13.0)))));
  return 2.0 * s * series + halvings * 0.69314718;
}
`;

const hashes = /* wgsl */ `
fn mix_bits(value: u32, word: u32) -> u32 {
  var h = value ^ word;
  h = (h ^ (h >> 16u)) * 0x7feb352du;
  h = (h ^ (h >> 15u)) * 0x846ca68bu;
  return h ^ (h >> 16u);
}
fn hash_stem(seed: u32, stream: u32, a: u32) -> u32 {
  return mix_bits(mix_bits(mix_bits(0x9e3779b9u, seed), stream), a);
}
fn hash(seed: u32, stream: u32, a: u32, b: u32) -> u32 { return mix_bits(hash_stem(seed, stream, a), b); }
fn normal_of(stem: u32, b: u32) -> f32 {
  var sum = 0u;
  for (var k = 0u; k < 12u; k++) { sum += mix_bits(stem, b * 12u + k) >> 8u; }
  return f32(i32(sum) - 100663296) / 16777216.0;
}
fn permuted(index: u32, n: u32, seed: u32, stream: u32, key: u32) -> u32 {
  if (n <= 1u) { return 0u; }
  let half = max(1u, (33u - countLeadingZeros(n - 1u)) / 2u);
  let mask = (1u << half) - 1u;
  let head = mix_bits(mix_bits(0x9e3779b9u, seed), stream);
  var stems: array<u32, 4>;
  for (var round = 0u; round < 4u; round++) { stems[round] = mix_bits(head, key * 4u + round); }
  var value = index;
  loop {
    var left = value >> half;
    var right = value & mask;
    for (var round = 0u; round < 4u; round++) {
      let mixed = (left ^ mix_bits(stems[round], right)) & mask;
      left = right;
      right = mixed;
    }
    value = (left << half) | right;
    if (value < n) { break; }
  }
  return value;
}
`;

/** Readers of the table of settings; its layout is in table.ts. */
const settings = /* wgsl */ `
fn header(replica: u32, word: u32) -> u32 { return table[replica * ${headerWords}u + word]; }
fn seed_of(replica: u32) -> u32 { return header(replica, 0u); }
fn period(replica: u32, step: u32) -> u32 {
  let count = header(replica, 1u);
  let first = header(replica, 2u);
  var at = first;
  for (var k = 1u; k < count; k++) {
    if (table[first + k * ${periodWords}u] <= step) { at = first + k * ${periodWords}u; }
  }
  return at;
}
fn production_at(replica: u32, step: u32) -> u32 {
  let first = header(replica, 15u) + 2u;
  var low = 0u;
  var high = table[first - 2u] - 1u;
  while (low < high) {
    let middle = (low + high + 1u) / 2u;
    if (table[first + middle * ${productionWords}u] <= step) { low = middle; } else { high = middle - 1u; }
  }
  return first + low * ${productionWords}u;
}
fn recorded(levels: u32, level: u32) -> u32 {
  if (levels == 0u) { return level; }
  return (table[levels + (level >> 2u)] >> ((level & 3u) * 8u)) & 0xffu;
}
fn learning_rate(p: u32, step: u32) -> f32 {
  return number(table[p + 1u]) * number(table[table[p + 10u] + min(step, table[p + 11u] - 1u)]);
}
fn momentum_of(p: u32) -> f32 { return number(table[p + 2u]); }
fn l2_of(p: u32) -> f32 { return number(table[p + 3u]); }
fn clip_of(p: u32) -> f32 { return number(table[p + 4u]); }
`;

/** Dropout as in dropout.ts: the factor of an element, 0 where it is dropped. */
const dropout = /* wgsl */ `
fn dropout_stem(replica: u32, step: u32) -> u32 { return hash_stem(seed_of(replica), ${streams.dropout}u, step); }
fn dropout_factor(stem: u32, p: u32, layer: u32, element: u32) -> f32 {
  let kept = (mix_bits(stem, layer * 1048576u + element) >> 8u) >= table[p + 6u];
  return select(0.0, number(table[p + 7u]), kept);
}
`;

export const prelude = [numbers, hashes, settings, dropout].join('');
