// OLMo’s rule made robust: what was an outlier enters the window clipped, and two of four steps must agree.
import { RollingSpread } from '../../core/rollingSpread.ts';
import type { PublishedRule } from './rule.ts';

const window = 128;
const firstCount = window / 2;
const sigmas = 4;
const floor = 0.1;
const [needed, of] = [2, 4];

export const winsorisedSpike = {
  id: 'winsorised-spike',
  title: 'Winsorised: loss 4 σ over 128 and 0.1, 2 of 4',
  source:
    'No single document: OLMo’s rolling interval of 128 with the clipped statistics of ZClip (arXiv 2504.02507) and AdaGC (arXiv 2502.11034). Loss above the mean by 4 σ and by 0.1, in 2 of the last 4 steps; a loss enters the interval clipped to that band.',
  pattern: 'loss-spike',
  signals: ['loss'],
  watch: ({ layout }) => {
    const column = layout.column('loss');
    const past = new RollingSpread(window);
    /** Of the last four rows, the newest last. */
    const marks = Array<boolean>(of).fill(false);
    return (rows, row) => {
      const loss = rows.value(row, column);
      if (loss === undefined) return false;
      const { mean } = past;
      const band = past.count >= firstCount ? Math.max(sigmas * past.deviation, floor) : Infinity;
      marks.shift();
      marks.push(loss > mean + band);
      past.push(past.count === 0 ? loss : Math.min(mean + band, Math.max(mean - band, loss)));
      return marks.filter(Boolean).length >= needed;
    };
  },
} as const satisfies PublishedRule;
