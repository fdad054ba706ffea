// What a comparison of the levels flat out showed, in sentences; nothing is said that was not measured.
import { decimal, percent, whole } from '../../core/wording.ts';
import type { LevelMeasurement } from '../../worker/protocol.ts';

/** Differences below this share are the noise of the clock. */
const noise = 0.05;
/** What the SDK keeps of an instrument, beyond which it folds all series into one. */
const sdkLimit = 2000;

/** How much slower the dearest level trains than the first of those measured. */
export function slowdownLine(levels: readonly LevelMeasurement[]): string {
  const [first, ...others] = levels;
  const slowest = others.toSorted((a, b) => a.stepsPerSecond - b.stepsPerSecond)[0];
  if (!first || !slowest) return '';
  const share = first.stepsPerSecond / slowest.stepsPerSecond;
  if (!(share > 1 + noise))
    return `No level slowed training measurably: ${whole(first.stepsPerSecond)} steps/s at ${first.level}, ${whole(slowest.stepsPerSecond)} at ${slowest.level}.`;
  return `${whole(first.stepsPerSecond)} steps/s at ${first.level}, ${whole(slowest.stepsPerSecond)} at ${slowest.level}: training is ${decimal(share)}× slower.`;
}

function timeWords(saved: number): string {
  if (Math.abs(saved) < noise) return 'saves no time';
  return saved > 0 ? `saves ${percent(saved)} of the time` : `takes ${percent(-saved)} more time`;
}

/** What the SDK’s own limit does to each level that it touches. */
export function limitLines(levels: readonly LevelMeasurement[]): readonly string[] {
  const cut = levels.filter(({ export: all, limited }) => limited.points < (1 - noise) * all.points);
  if (cut.length === 0)
    return [
      `The SDK’s own limit, ${whole(sdkLimit)} series per instrument, is reached at no level here: it changes nothing.`,
    ];
  return cut.map(({ level, export: all, limited }) => {
    const bytes = percent(1 - limited.bytes / all.bytes);
    return `The SDK’s own limit, ${whole(sdkLimit)} series per instrument, cuts the bytes of ${level} by ${bytes} and ${timeWords(1 - limited.milliseconds / all.milliseconds)}.`;
  });
}
