// WGSL voice of `input-shift`: draws a window of production examples, sorts what is compared into bins, and counts.
import { streams } from '../../../core/random.ts';
import {
  batchWindow,
  binCount,
  blockLevels,
  blockSide,
  shiftWindow,
  smoothing,
} from '../../../data/inputShift.ts';
import { draw } from '../../../data/production.ts';
import { binsWords, comparisonWords, levelsPerWord } from '../gpu/comparison.ts';
import {
  at,
  literal,
  tasks,
  type GroupPart,
  type Kernel,
  type RegionRequest,
  type Stage,
  type TaskPart,
} from '../gpu/stage.ts';
import { stateWord } from './telemetry.wgsl.ts';

const drawStage = 'shift.draw';
const countStage = 'shift.count';
/** Stages that only evaluation steps have. */
export const inputShiftStageIds = [drawStage, countStage] as const;

const binsRegion = 'shift.bins';

/** The bin of each number that is compared: window × compared. */
export function inputShiftRegions(compared: number): readonly RegionRequest[] {
  return compared > 0 ? [{ name: binsRegion, size: shiftWindow * compared }] : [];
}

/** Draws example `k` of the window: its first element in the data, and the stem of its noise. */
function drawCode({ plan, compared }: Kernel): string {
  const places = comparisonWords.bins + compared * binsWords.all;
  return `
let p = production_at(replica, step);
let n = step / table[header(replica, 15u) + 1u] * ${shiftWindow}u + k;
let stem = hash_stem(seed_of(replica), ${streams.production}u, n);
let comparison = header(replica, 14u);
let all = data[comparison + ${comparisonWords.count}u];
let drawn = mix_bits(stem, ${draw.example}u);
var example = drawn % all;
if (table[p + 5u] > 0u) {
  let firsts = data[comparison + ${comparisonWords.first}u];
  let is_first = (mix_bits(stem, ${draw.first}u) >> 8u) < table[p + 5u];
  let among = select(all - firsts, firsts, is_first);
  if (among > 0u) { example = data[comparison + ${places}u + select(firsts, 0u, is_first) + drawn % among]; }
}
let source = header(replica, 13u) + example * ${plan.features}u;
`;
}

/** Where the bin of number `feature` of example `k` goes. */
function binAt(kernel: Kernel): string {
  return `arena[${at(kernel, binsRegion)} + k * ${kernel.compared}u + feature]`;
}

/** First word of the bins of number `feature`. */
const binsOf = `comparison + ${comparisonWords.bins}u + feature * ${binsWords.all}u`;

/** One example per task. */
function measuresPart(kernel: Kernel): TaskPart {
  const { features } = kernel.plan;
  // Of two features the other one is 1 − f.
  const turned = `number(table[p + 1u]) * straight + select(1.0, -1.0, feature == 0u) * number(table[p + 2u]) * input_at(source + 1u - feature)`;
  return tasks(
    shiftWindow,
    `
let k = t;
${drawCode(kernel)}
for (var feature = 0u; feature < ${features}u; feature++) {
  let straight = input_at(source + feature);
  var value = number(table[p + 3u]) * (${features === 2 ? turned : 'straight'});
  if (feature == 0u) { value += number(table[p + 4u]); }
  if (table[p + 6u] > 0u) { value += number(table[table[p + 6u] + feature]) * normal_of(stem, ${draw.noise}u + feature); }
  let bins = ${binsOf};
  let end = bins + data[bins];
  var bin = 0u;
  for (var j = bins + ${binsWords.bounds}u; j < end; j++) { bin += select(0u, 1u, value > number(data[j])); }
  ${binAt(kernel)} = f32(bin);
}
`,
  );
}

/** Adds up a block of 16 pixels that stand where they stood, in whole words of 4. */
function wholeSum(width: number, isRecorded: boolean): string {
  const first = `(source + row * ${width}u + column) / 4u`;
  if (isRecorded) {
    return `
for (var y = 0u; y < ${blockSide}u; y++) {
  let word = data[${first} + y * ${width / 4}u];
  for (var shift = 0u; shift < 32u; shift += 8u) { sum += recorded(levels, (word >> shift) & 0xffu); }
}`;
  }
  // Two sums of bytes in one word: 16 times 255 fits half of it.
  const pairs = Array.from(
    { length: blockSide },
    (_, row) => `
word = data[first + ${(row * width) / 4}u];
pairs += (word & 0xff00ffu) + ((word >> 8u) & 0xff00ffu);`,
  );
  return `
let first = ${first};
var word = 0u;
var pairs = 0u;
${pairs.join('')}
sum = (pairs & 0xffffu) + (pairs >> 16u);`;
}

/** Adds up a block pixel by pixel, each from where it stood before the turn. */
function turnedSum(height: number, width: number, isNoisy: boolean): string {
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2].map(literal);
  const noise = `strength * normal_of(stem, ${draw.noise}u + y * ${width}u + x)`;
  const seen = isNoisy
    ? `u32(clamp(number(table[p + 3u]) * f32(level) / 255.0 + number(table[p + 4u]) + ${noise}, 0.0, 1.0) * 255.0 + 0.5)`
    : 'recorded(levels, level)';
  return `
for (var y = row; y < min(row + ${blockSide}u, ${height}u); y++) {
  let up = ${middleRow} - f32(y);
  for (var x = column; x < min(column + ${blockSide}u, ${width}u); x++) {
    let right = f32(x) - ${middleColumn};
    let from_x = u32(i32(floor(${middleColumn} + (cosine * right + sine * up) + 0.5)));
    let from_y = u32(i32(floor(${middleRow} - (cosine * up - sine * right) + 0.5)));
    let pixel = source + from_y * ${width}u + from_x;
    let byte = (data[pixel >> 2u] >> ((pixel & 3u) * 8u)) & 0xffu;
    let level = select(0u, byte, from_x < ${width}u && from_y < ${height}u);
    sum += ${seen};
  }
}`;
}

/**
 * One row of an image's blocks per task. Grey levels are whole numbers, and so is what becomes of them: without noise both voices agree in every
 * bin. A loop for each kind of drift, for software adapters go through all branches whoever takes them, and through the loops of others once.
 */
function blocksPart(kernel: Kernel, height: number, width: number): TaskPart {
  const across = Math.ceil(width / blockSide);
  const down = kernel.compared / across;
  const isWhole = height % blockSide === 0 && width % blockSide === 0;
  const partial = `min(${blockSide}u, ${height}u - row) * min(${blockSide}u, ${width}u - column)`;
  const pixels = isWhole ? `${blockSide ** 2}u` : partial;
  const blocks = (when: string, sum: string): string => `
for (var part = 0u; part < select(0u, ${across}u, ${when}); part++) {
  let column = part * ${blockSide}u;
  let feature = row / ${blockSide}u * ${across}u + part;
  var sum = 0u;
  ${sum}
  let pixels = ${pixels};
  let level = (sum * ${2 * blockLevels}u + 255u * pixels) / (510u * pixels);
  let bins = data[${binsOf} + ${binsWords.bounds}u + level / ${levelsPerWord}u];
  ${binAt(kernel)} = f32((bins >> (level % ${levelsPerWord}u * 4u)) & 15u);
}`;
  return tasks(
    shiftWindow * down,
    `
let k = t / ${down}u;
let row = t % ${down}u * ${blockSide}u;
${drawCode(kernel)}
let cosine = number(table[p + 1u]);
let sine = number(table[p + 2u]);
let levels = table[p + 7u];
let noisy = table[p + 6u] > 0u;
let strength = number(table[table[p + 6u]]);
let whole = ${isWhole} && cosine == 1.0 && sine == 0.0 && !noisy;
${isWhole ? blocks('whole && levels == 0u', wholeSum(width, false)) : ''}
${isWhole ? blocks('whole && levels > 0u', wholeSum(width, true)) : ''}
${blocks('!whole && !noisy', turnedSum(height, width, false))}
${blocks('noisy', turnedSum(height, width, true))}
`,
  );
}

/** Counts of the window in the lower half of a word, of the batch in the upper one; then the largest divergence of each. */
function countPart(kernel: Kernel): GroupPart {
  const { compared, validationCount, shape } = kernel;
  const { workgroup } = shape;
  const lanes = `var f = lid; f < ${compared}u; f += ${workgroup}u`;
  return {
    kind: 'group',
    groups: 1,
    declarations: `
var<workgroup> shift_counts: array<atomic<u32>, ${compared * binCount}>;
var<workgroup> shift_largest: array<vec2f, ${workgroup}>;
fn divergence_of(bins: u32, slot: u32, half: u32, examples: f32) -> f32 {
  let n = examples + ${literal(smoothing)} * f32(data[bins]);
  let m = ${literal(validationCount)} + ${literal(smoothing)} * f32(data[bins]);
  var sum = 0.0;
  for (var bin = 0u; bin < data[bins]; bin++) {
    let count = (atomicLoad(&shift_counts[slot + bin]) >> half) & 0xffffu;
    let p = (f32(count) + ${literal(smoothing)}) / n;
    let q = (f32(data[bins + ${binsWords.counts}u + bin]) + ${literal(smoothing)}) / m;
    if (p > q) { sum += p * safe_log1p((p - q) / q); } else { sum -= p * safe_log1p((q - p) / p); }
  }
  return sum;
}
`,
    code: `
for (var k = lid; k < ${compared * binCount}u; k += ${workgroup}u) { atomicStore(&shift_counts[k], 0u); }
workgroupBarrier();
for (var k = lid; k < ${shiftWindow * compared}u; k += ${workgroup}u) {
  let slot = k % ${compared}u * ${binCount}u + u32(arena[${at(kernel, binsRegion)} + k]);
  atomicAdd(&shift_counts[slot], select(1u, 65537u, k < ${batchWindow * compared}u));
}
workgroupBarrier();
var largest = vec2f(0.0);
for (${lanes}) {
  let bins = header(replica, 14u) + ${comparisonWords.bins}u + f * ${binsWords.all}u;
  let window = divergence_of(bins, f * ${binCount}u, 0u, ${literal(shiftWindow)});
  let batch = divergence_of(bins, f * ${binCount}u, 16u, ${literal(batchWindow)});
  largest = max(largest, vec2f(window, batch));
}
shift_largest[lid] = largest;
workgroupBarrier();
if (lid == 0u) {
  for (var k = 1u; k < ${workgroup}u; k++) { largest = max(largest, shift_largest[k]); }
  ${stateWord(5)} = bitcast<u32>(largest.x);
  ${stateWord(6)} = bitcast<u32>(largest.y);
}
workgroupBarrier();
`,
  };
}

/** The draws, then the counts. None where nobody reads the divergences. */
export function inputShiftStages(kernel: Kernel): readonly Stage[] {
  const { image, compared } = kernel;
  if (compared === 0) return [];
  const drawn = image ? blocksPart(kernel, image.height, image.width) : measuresPart(kernel);
  return [
    { id: drawStage, parts: [drawn] },
    { id: countStage, parts: [countPart(kernel)] },
  ];
}
