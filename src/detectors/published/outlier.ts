// OLMo's test of one value: far above what its recent past would allow.
import { RollingSpread } from '../../core/rollingSpread.ts';

const window = 128;
const sigmas = 6;
/** It judges once half a window, the present value among it, is known. */
const firstCount = window / 2 - 1;

/**
 * Takes one value after the other and says whether it lies more than 6 standard deviations above the mean of the 128 before. A NaN is no
 * answer to “at most 6”, so it counts as an outlier, as it does there.
 */
export function outlierTest(): (value: number) => boolean {
  const past = new RollingSpread(window);
  return (value) => {
    const within = value - past.mean <= sigmas * past.deviation;
    const isOutlier = past.count >= firstCount && !within;
    past.push(value);
    return isOutlier;
  };
}
