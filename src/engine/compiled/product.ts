// The one matrix product of the plain execution: rows against rows, in register tiles.
import type { Reals } from './arena.ts';

/**
 * c[m × n] = a[m × k] · b[n × k]ᵀ, plus bias[n] on every row where given. Sums run in float64 and in order of k.
 * Both operands are read along their rows, two rows of `a` and four of `b` at a time: 8 products for 6 loads.
 */
export function productOfRows(
  a: Reals,
  b: Reals,
  c: Reals,
  m: number,
  n: number,
  k: number,
  bias: Reals | undefined,
): void {
  const wholeM = m - (m % 2);
  const wholeN = n - (n % 4);
  for (let j = 0; j < wholeN; j += 4) {
    for (let i = 0; i < wholeM; i += 2) tile(a, b, c, i, j, n, k, bias);
  }
  for (let i = 0; i < m; i++) {
    for (let j = i < wholeM ? wholeN : 0; j < n; j++) single(a, b, c, i, j, n, k, bias);
  }
}

function single(
  a: Reals,
  b: Reals,
  c: Reals,
  i: number,
  j: number,
  n: number,
  k: number,
  bias: Reals | undefined,
) {
  let sum = bias ? bias[j]! : 0;
  for (let x = 0; x < k; x++) sum += a[i * k + x]! * b[j * k + x]!;
  c[i * n + j] = sum;
}

function tile(
  a: Reals,
  b: Reals,
  c: Reals,
  i: number,
  j: number,
  n: number,
  k: number,
  bias: Reals | undefined,
) {
  let s00 = bias ? bias[j]! : 0;
  let s01 = bias ? bias[j + 1]! : 0;
  let s02 = bias ? bias[j + 2]! : 0;
  let s03 = bias ? bias[j + 3]! : 0;
  let s10 = s00;
  let s11 = s01;
  let s12 = s02;
  let s13 = s03;
  const a0 = i * k;
  const a1 = a0 + k;
  const b0 = j * k;
  const b1 = b0 + k;
  const b2 = b1 + k;
  const b3 = b2 + k;
  for (let x = 0; x < k; x++) {
    const p = a[a0 + x]!;
    const q = a[a1 + x]!;
    const u = b[b0 + x]!;
    const v = b[b1 + x]!;
    const w = b[b2 + x]!;
    const z = b[b3 + x]!;
    s00 += p * u;
    s01 += p * v;
    s02 += p * w;
    s03 += p * z;
    s10 += q * u;
    s11 += q * v;
    s12 += q * w;
    s13 += q * z;
  }
  const c0 = i * n + j;
  c[c0] = s00;
  c[c0 + 1] = s01;
  c[c0 + 2] = s02;
  c[c0 + 3] = s03;
  const c1 = c0 + n;
  c[c1] = s10;
  c[c1 + 1] = s11;
  c[c1 + 2] = s12;
  c[c1 + 3] = s13;
}

/** to[columns × rows] = from[rows × columns]ᵀ. */
export function transpose(from: Reals, to: Reals, rows: number, columns: number): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) to[c * rows + r] = from[r * columns + c]!;
  }
}
