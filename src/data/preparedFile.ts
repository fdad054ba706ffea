// Compact files that `npm run prepare-data` makes: gzip of a four-letter name, counts, labels and values.
import { RecipeError } from '../core/recipe.ts';

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Unpacks such a file.
 * @param magic the letters that it starts with
 * @param header bytes before the labels, the letters among them
 * @param sizeOf bytes of the whole file, from its header
 * @throws Error that says what is wrong with the file
 */
export async function readPrepared(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  magic: string,
  header: number,
  sizeOf: (view: DataView) => number,
): Promise<Uint8Array<ArrayBuffer>> {
  const fail = (what: string): Error => new Error(`${path}: ${what}; run npm run prepare-data`);
  const raw = await gunzip(bytes).catch(() => {
    throw fail(`not a gzip file (${bytes.length} bytes)`);
  });
  if (raw.length < header) throw fail(`only ${raw.length} bytes`);
  const found = String.fromCharCode(...raw.subarray(0, magic.length));
  if (found !== magic) throw fail(`starts with “${found}”, expected “${magic}”`);
  const expected = sizeOf(new DataView(raw.buffer));
  if (raw.length !== expected) throw fail(`${raw.length} bytes, expected ${expected}`);
  return raw;
}

interface Split {
  readonly train: number;
  readonly validation: number;
}

/** @throws RecipeError that names both numbers where a split needs more examples than a file holds */
export function checkSplit(path: string, held: number, what: string, { train, validation }: Split): void {
  if (train + validation <= held) return;
  const reason = `train + validation is ${train + validation}, and ${path} holds ${held} ${what}; choose a smaller split`;
  throw new RecipeError([{ field: 'train', value: train, reason }]);
}

/**
 * Where production begins in the order that a split takes a file's examples in: after the validation set. Where fewer than `validation` are
 * left, it begins that much earlier and shares its first examples with the validation set; where none are left it is the validation set.
 */
export function productionStart(held: number, { train, validation }: Split): number {
  return train + Math.min(validation, held - train - validation);
}
