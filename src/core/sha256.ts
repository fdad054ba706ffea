// SHA-256 (FIPS 180-4) of a text, at once: the browser's own is asynchronous, and missing where a page came by plain HTTP.

const size = 64;

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found;
}

/** The first 32 bits of a number's fraction. */
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32);
const constants = primes(size).map((prime) => fraction(Math.cbrt(prime)));
const start = primes(8).map((prime) => fraction(Math.sqrt(prime)));

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The text, a one, zeros, and the length in bits: whole blocks of 64 bytes. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const blocks = new Uint8Array(Math.ceil((bytes.length + 9) / size) * size);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(blocks.length - 4, bytes.length << 3);
  return view;
}

function schedule(blocks: DataView, from: number): Uint32Array {
  const words = new Uint32Array(size);
  for (let at = 0; at < size; at++) {
    if (at < 16) {
      words[at] = blocks.getUint32(from + at * 4);
      continue;
    }
    const [old, late] = [words[at - 15] ?? 0, words[at - 2] ?? 0];
    const mixed = turned(old, 7) ^ turned(old, 18) ^ (old >>> 3);
    words[at] =
      (words[at - 16] ?? 0) +
      mixed +
      (words[at - 7] ?? 0) +
      (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
  }
  return words;
}

function compress(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < size; at++) {
    const choice = (e & f) ^ (~e & g);
    const first =
      h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + (constants[at] ?? 0) + (words[at] ?? 0);
    const second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  // Sums wrap in a Uint32Array.
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index] ?? 0) + word));
}

/** 64 hexadecimal digits. */
export function sha256(text: string): string {
  const state = Uint32Array.from(start);
  const blocks = padded(text);
  for (let from = 0; from < blocks.byteLength; from += size) compress(state, schedule(blocks, from));
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}
