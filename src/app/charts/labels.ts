// Labels that must not overlap: beside the value axis, and at the named rules.

/** Moves centres apart until neighbours are `gap` away, keeping their order and staying within 0 … length where that is possible. */
export function spread(centres: readonly number[], gap: number, length: number): number[] {
  const order = centres.map((_, index) => index).sort((a, b) => (centres[a] ?? 0) - (centres[b] ?? 0));
  const placed = [...centres];
  let floor = -Infinity;
  for (const index of order) floor = (placed[index] = Math.max(placed[index] ?? 0, floor)) + gap;
  let ceiling = length;
  for (const index of order.toReversed())
    ceiling = (placed[index] = Math.min(placed[index] ?? 0, ceiling)) - gap;
  return placed;
}

/** Those of some values that lie at least `gap` away from all taken places. */
export function clearOf<T extends { readonly at: number }>(
  items: readonly T[],
  taken: readonly number[],
  gap: number,
): T[] {
  return items.filter(({ at }) => taken.every((place) => Math.abs(place - at) >= gap));
}

export interface RuleLabel {
  /** Left end of the text. */
  readonly left: number;
  /** 0 = top line; null = no room: a dot stands for the text. */
  readonly row: number | null;
}

/**
 * Places the texts of rules, given left to right: right of the rule, or left of it where the plot ends. A text that would meet one placed
 * before goes to the next line, and becomes a dot where no line is free.
 */
export function ruleLabels(
  rules: readonly { readonly at: number; readonly width: number }[],
  length: number,
  rows: number,
  gap = 5,
): RuleLabel[] {
  const taken: [from: number, to: number][][] = Array.from({ length: rows }, () => []);
  return rules.map(({ at, width }) => {
    const left = at + gap + width <= length ? at + gap : at - gap - width;
    const free =
      left < 0 ? -1 : taken.findIndex((row) => row.every(([from, to]) => left > to || left + width < from));
    if (free < 0) return { left: at, row: null };
    taken[free]?.push([left - gap, left + width + gap]);
    return { left, row: free };
  });
}
