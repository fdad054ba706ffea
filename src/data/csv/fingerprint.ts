// A short name of a table's content: the same cells give the same one, whatever quotes and line ends they had.

/** Sixteen hexadecimal digits of two FNV-1a hashes with different starts: tells tables apart, and keeps no secret. */
export function fingerprintOf(rows: readonly (readonly string[])[]): string {
  let [one, other] = [0x811c9dc5, 0x9e3779b9];
  const see = (code: number): void => {
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x5bd1e995);
    other ^= other >>> 15;
  };
  for (const row of rows) {
    for (const cell of row) {
      for (let k = 0; k < cell.length; k++) see(cell.charCodeAt(k));
      see(0x1f);
    }
    see(0x1e);
  }
  return [one, other].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('');
}
