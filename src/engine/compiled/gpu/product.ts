// Matrix products in WGSL: register tiles, and the textbook tiles in workgroup memory.
import type { Part, Shape } from './stage.ts';

/**
 * `registers`: every invocation computes a tile of its own straight from memory, which software adapters prefer (5.7 against 56 ms for a
 * 784 × 128 layer). `workgroup`: a workgroup loads 16-wide slices of both factors into its memory first, which hardware prefers.
 */
export type ProductKind = 'registers' | 'workgroup';

/** A factor: element (i, x) lies at `origin` + i × `row` + x × `along`, x running along the sum. */
interface Factor {
  readonly origin: string;
  readonly row: number;
  readonly along: number;
}

export interface Product {
  readonly name: string;
  /** Result m × n, sum over k. */
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Factor;
  readonly b: Factor;
  /** Code before the sum, once per invocation. */
  readonly before: string;
  /** Code that takes one element of the result: row, column and value are WGSL expressions. */
  store(row: string, column: string, value: string): string;
  /**
   * Code after all elements of an invocation are stored, rows `tile_row` up to `tile_row_end` and the like columns; `slot` numbers the
   * invocations of the product.
   */
  after(slot: string): string;
}

const side = 16;

/** The side of the register tile for a result of m × n. */
function tileSide(m: number, n: number, { tiles, leastTasks }: Shape): number {
  const count = (tile: number): number => Math.ceil(m / tile) * Math.ceil(n / tile);
  const fitting = tiles.filter((tile) => tile <= Math.max(m, n) && (tile <= Math.min(m, n) || tile <= 4));
  return fitting.find((tile) => count(tile) >= leastTasks) ?? fitting.at(-1) ?? 1;
}

/** Sides of the register tile; a result narrower than the tile takes a narrower one. */
function tileOf({ m, n }: Product, shape: Shape): readonly [number, number] {
  const tile = tileSide(m, n, shape);
  return [Math.min(tile, m), Math.min(tile, n)];
}

/** How many invocations store a part of the result, each with a slot of its own for sums. */
export function productSlots(product: Product, shape: Shape): number {
  const { m, n } = product;
  if (shape.product === 'workgroup') return Math.ceil(m / side) * Math.ceil(n / side) * shape.workgroup;
  const [tm, tn] = tileOf(product, shape);
  return Math.ceil(m / tm) * Math.ceil(n / tn);
}

function factorIndex(name: string, { along }: Factor, r: number): string {
  return along === 1 ? `${name}${r} + x` : `${name}${r} + x * ${along}u`;
}

/** One task of a product in registers. */
function registerTask(product: Product, shape: Shape): string {
  const { m, n, k, a, b } = product;
  const [tm, tn] = tileOf(product, shape);
  const rows = Array.from({ length: tm }, (_, r) => r);
  const columns = Array.from({ length: tn }, (_, c) => c);
  const guardRows = m % tm !== 0;
  const guardColumns = n % tn !== 0;
  const index = (first: string, r: number, limit: number, guarded: boolean): string =>
    guarded ? `min(${first} + ${r}u, ${limit - 1}u)` : `(${first} + ${r}u)`;
  const each = (line: (r: number, c: number) => string): string =>
    rows.flatMap((r) => columns.map((c) => line(r, c))).join('\n');
  const guard = (r: number, c: number, code: string): string => {
    const conditions = [
      ...(guardRows && r > 0 ? [`i0 + ${r}u < ${m}u`] : []),
      ...(guardColumns && c > 0 ? [`j0 + ${c}u < ${n}u`] : []),
    ];
    return conditions.length > 0 ? `if (${conditions.join(' && ')}) { ${code} }` : `{ ${code} }`;
  };
  return `
let i0 = (t / ${Math.ceil(n / tn)}u) * ${tm}u;
let j0 = (t % ${Math.ceil(n / tn)}u) * ${tn}u;
${product.before}
${rows.map((r) => `let a${r} = ${a.origin} + ${index('i0', r, m, guardRows)} * ${a.row}u;`).join('\n')}
${columns.map((c) => `let b${c} = ${b.origin} + ${index('j0', c, n, guardColumns)} * ${b.row}u;`).join('\n')}
${each((r, c) => `var s${r}_${c} = 0.0;`)}
for (var x = 0u; x < ${k}u; x++) {
  ${rows.map((r) => `let p${r} = arena[${factorIndex('a', a, r)}];`).join('\n')}
  ${columns.map((c) => `let q${c} = arena[${factorIndex('b', b, c)}];`).join('\n')}
  ${each((r, c) => `s${r}_${c} += p${r} * q${c};`)}
}
${each((r, c) => guard(r, c, product.store(`(i0 + ${r}u)`, `(j0 + ${c}u)`, `s${r}_${c}`)))}
let tile_row = i0;
let tile_row_end = min(i0 + ${tm}u, ${m}u);
let tile_column = j0;
let tile_column_end = min(j0 + ${tn}u, ${n}u);
${product.after('t')}
`;
}

/** One workgroup of a product in workgroup memory: 16 × 16 results, each invocation some rows of one column. */
function workgroupCode(product: Product, shape: Shape): string {
  const { m, n, k, a, b, name } = product;
  const across = Math.ceil(n / side);
  const per = (side * side) / shape.workgroup;
  const load = (factor: Factor, tile: string, first: string, limit: number): string => `
  for (var e = lid; e < ${side * side}u; e += ${shape.workgroup}u) {
    let i = ${first} + ${factor.along === 1 ? `e / ${side}u` : `e % ${side}u`};
    let x = x0 + ${factor.along === 1 ? `e % ${side}u` : `e / ${side}u`};
    var value = 0.0;
    if (i < ${limit}u && x < ${k}u) { value = arena[${factor.origin} + i * ${factor.row}u + x * ${factor.along}u]; }
    ${tile}[(i - ${first}) * ${side + 1}u + x - x0] = value;
  }`;
  const sums = Array.from({ length: per }, (_, s) => s);
  return `
let i0 = (group / ${across}u) * ${side}u;
let j0 = (group % ${across}u) * ${side}u;
let column = lid % ${side}u;
let row = (lid / ${side}u) * ${per}u;
${product.before}
${sums.map((s) => `var s${s} = 0.0;`).join('\n')}
for (var x0 = 0u; x0 < ${k}u; x0 += ${side}u) {
  ${load(a, `left_${name}`, 'i0', m)}
  ${load(b, `right_${name}`, 'j0', n)}
  workgroupBarrier();
  for (var x = 0u; x < ${side}u; x++) {
    let q = right_${name}[column * ${side + 1}u + x];
    ${sums.map((s) => `s${s} += left_${name}[(row + ${s}u) * ${side + 1}u + x] * q;`).join('\n')}
  }
  workgroupBarrier();
}
let slot = group * ${shape.workgroup}u + lid;
${sums
  .map(
    (s) =>
      `if (i0 + row + ${s}u < ${m}u && j0 + column < ${n}u) { ${product.store(`(i0 + row + ${s}u)`, '(j0 + column)', `s${s}`)} }`,
  )
  .join('\n')}
let tile_row = min(i0 + row, ${m}u);
let tile_row_end = min(i0 + row + ${per}u, ${m}u);
let tile_column = min(j0 + column, ${n}u);
let tile_column_end = min(j0 + column + 1u, ${n}u);
${product.after('slot')}
`;
}

/** A product as a part of a stage. */
export function productPart(product: Product, shape: Shape): Part {
  if (shape.product === 'registers') {
    return { kind: 'tasks', tasks: productSlots(product, shape), code: registerTask(product, shape) };
  }
  const { m, n, name } = product;
  return {
    kind: 'group',
    groups: Math.ceil(m / side) * Math.ceil(n / side),
    code: workgroupCode(product, shape),
    declarations: `var<workgroup> left_${name}: array<f32, ${side * (side + 1)}>;
var<workgroup> right_${name}: array<f32, ${side * (side + 1)}>;`,
  };
}
