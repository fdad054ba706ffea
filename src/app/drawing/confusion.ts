// A confusion matrix as lightness, and its worst mistakes in words.

export interface ConfusionCell {
  readonly label: number;
  readonly predicted: number;
  readonly count: number;
  /** 0–1, square root of the count: single mistakes stay visible beside a thousand right answers. */
  readonly share: number;
}

/** Rows = labels, columns = predictions. */
export function confusionRows(confusion: ArrayLike<number>, classes: number): ConfusionCell[][] {
  const most = Math.max(1, ...Array.from(confusion));
  return Array.from({ length: classes }, (_, label) =>
    Array.from({ length: classes }, (_, predicted) => {
      const count = confusion[label * classes + predicted] ?? 0;
      return { label, predicted, count, share: Math.sqrt(count / most) };
    }),
  );
}

export function cellWords({ label, predicted, count }: ConfusionCell): string {
  const times = count.toLocaleString('en-US');
  return label === predicted
    ? `${label} read as ${predicted}: ${times}, right`
    : `${label} read as ${predicted}: ${times}`;
}

/** The most frequent mistakes, worst first. */
export function worstMistakes(rows: readonly (readonly ConfusionCell[])[], count: number): ConfusionCell[] {
  return rows
    .flat()
    .filter(({ label, predicted, count: times }) => label !== predicted && times > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, count);
}
