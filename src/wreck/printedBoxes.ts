// Boxes of a name and a number per line, as reinforcement learning prints them, as one line each.

export interface NumberedLine {
  readonly line: string;
  /** From 1. */
  readonly number: number;
}

/** `|    learning_rate   | 0.0003 |` */
const inBox = /^\s*\|\s{0,40}([\w/ .-]{1,60}?)\s{0,40}\|\s{0,40}([+-]?[\w.+-]{1,40})?\s{0,40}\|\s*$/;

/** Lines as they stand, but those of a box joined: `name: number, name: number`. */
export function* unboxed(lines: readonly string[]): Iterable<NumberedLine> {
  let [box, began] = [[] as string[], 0];
  for (const [index, line] of lines.entries()) {
    const [, name, cell] = inBox.exec(line) ?? [];
    if (name !== undefined) {
      began ||= index + 1;
      if (cell !== undefined) box.push(`${name.replace(/^.*\//, '')}: ${cell}`);
      continue;
    }
    if (box.length > 0) yield { line: box.join(', '), number: began };
    [box, began] = [[], 0];
    yield { line, number: index + 1 };
  }
  if (box.length > 0) yield { line: box.join(', '), number: began };
}
