// Which name was meant where there is none of that name.

/** Farther than this is another name. */
const mostEdits = 3;
/** A name in so many letters for every edit is still the same word. */
const lettersPerEdit = 3;
const fewestLetters = 3;
/** Beyond them a list is a text to search. */
const mostListed = 8;
/** Longer than any name: whatever has more was none. */
const mostLetters = 60;

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** `learningRate` → `lr`, `loss-spike` → `ls`. */
function initials(name: string): string {
  return letters(name.replaceAll(/(?<=[A-Za-z0-9])[a-z0-9]+/g, ''));
}

/** Letters put in, left out, exchanged, or turned with the next one: Damerau, Communications of the ACM 7 (1964), none of them edited twice. */
function edits(one: string, other: string): number {
  let [before, above]: [number[], number[]] = [
    [],
    Array.from({ length: other.length + 1 }, (_, index) => index),
  ];
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const [left = 0, up = 0, corner = 0] = [line[column - 1], above[column], above[column - 1]];
      const isTurned = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const turned = isTurned ? (before[column - 2] ?? Infinity) + 1 : Infinity;
      line.push(Math.min(left + 1, up + 1, corner + same, turned));
    }
    [before, above] = [above, line];
  }
  return above[other.length] ?? 0;
}

/** How far a name is from what was given; Infinity = it is another one. */
function distance(name: string, given: string): number {
  const [there, meant] = [letters(name), letters(given)];
  const near = Math.min(mostEdits, Math.floor(Math.max(there.length, meant.length) / lettersPerEdit));
  // Each letter more is an edit: most names need no closer look.
  const far = Math.abs(there.length - meant.length) > near ? Infinity : edits(there, meant);
  if (far <= near) return far;
  const isPart = meant.length >= fewestLetters && there.length >= fewestLetters;
  if (isPart && (there.startsWith(meant) || meant.startsWith(there))) return mostEdits + 1;
  return meant.length > 1 && initials(name) === meant ? mostEdits + 1 : Infinity;
}

/** The name that was most likely meant; undefined = none is near. */
export function nearestName(names: readonly string[], given: string): string | undefined {
  if (letters(given) === '' || given.length > mostLetters) return undefined;
  const [best] = names
    .map((name) => ({ name, far: distance(name, given) }))
    .filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far);
  return best?.name;
}

/** What there is, for whoever gave a name that is none of these: all, or where they are many the one that was most likely meant. */
export function thereAre(names: readonly string[], given: unknown): string {
  const isLong = names.length > mostListed;
  const near = isLong && typeof given === 'string' ? nearestName(names, given) : undefined;
  return near === undefined ? `there are ${names.join(', ')}` : `there is none of that name, but “${near}”`;
}
