// What production examples are drawn from and held against, as words of the data buffer: classes, and the validation set in bins.
import { labelScale, type Dataset } from '../../../data/dataset.ts';
import { binCount, blockLevels, referenceOf } from '../../../data/inputShift.ts';

/**
 * Per number that is compared: how many bins it has; the upper bounds of all but the last (f32), or for images the bin of each level of a block
 * (4 bits each); validation examples in each bin.
 */
export const binsWords = { bounds: 1, counts: binCount, all: 2 * binCount } as const;

/** Levels of a block whose bins share a word. */
export const levelsPerWord = 8;

function binsOfLevels(bounds: Float64Array): Uint32Array {
  const words = new Uint32Array(Math.ceil((blockLevels + 1) / levelsPerWord));
  for (let level = 0; level <= blockLevels; level++) {
    const bin = bounds.filter((bound) => level > bound).length;
    const word = Math.floor(level / levelsPerWord);
    words[word] = ((words[word] ?? 0) | (bin << ((level % levelsPerWord) * 4))) >>> 0;
  }
  return words;
}

/** First the production examples, and how many of them are of class 0; then the bins of each number that is compared. */
export const comparisonWords = { count: 0, first: 1, bins: 2 } as const;

/** The last words are the numbers of all production examples, those of class 0 first. */
export function comparisonOf(dataset: Dataset): Uint32Array<ArrayBuffer> {
  const { count, labels } = dataset.production;
  const all = Array.from({ length: count }, (_, example) => example);
  const isFirst = (example: number) => (labels[example] ?? 0) < labelScale(dataset).first;
  const first = all.filter(isFirst);
  const others = all.filter((example) => !isFirst(example));
  const reference = referenceOf(dataset);
  const { bins } = comparisonWords;
  const words = new Uint32Array(bins + reference.features * binsWords.all + count);
  const reals = new Float32Array(words.buffer);
  words.set([count, first.length]);
  for (let feature = 0; feature < reference.features; feature++) {
    const at = bins + feature * binsWords.all;
    const { bounds, counts } = reference.bins(feature);
    words[at] = counts.length;
    if (dataset.image) words.set(binsOfLevels(bounds), at + binsWords.bounds);
    else reals.set(bounds, at + binsWords.bounds);
    words.set(counts, at + binsWords.counts);
  }
  words.set([...first, ...others], words.length - count);
  return words;
}
