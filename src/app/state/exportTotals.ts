// What became of the exports of several runs, taken together.
import type { ExportState } from '../../worker/protocol.ts';

type Counts = ExportState['counts']['traces'];

function plus(one: Counts, other: Counts): Counts {
  return {
    sent: one.sent + other.sent,
    queued: one.queued + other.queued,
    dropped: one.dropped + other.dropped,
    rejected: one.rejected + other.rejected,
    unconfirmed: one.unconfirmed + other.unconfirmed,
  };
}

/** The smaller, or the larger, of what there is. */
function nullable(choose: (...of: number[]) => number, one: number | null, other: number | null) {
  return one === null ? other : other === null ? one : choose(one, other);
}

function together(one: ExportState, other: ExportState): ExportState {
  return {
    counts: {
      traces: plus(one.counts.traces, other.counts.traces),
      metrics: plus(one.counts.metrics, other.counts.metrics),
      logs: plus(one.counts.logs, other.counts.logs),
    },
    requests: one.requests + other.requests,
    bytes: one.bytes + other.bytes,
    lastSuccess: nullable(Math.max, one.lastSuccess, other.lastSuccess),
    queuedBytes: one.queuedBytes + other.queuedBytes,
    nextTry: nullable(Math.min, one.nextTry, other.nextTry),
    lastProblem:
      (one.lastProblem?.time ?? -Infinity) > (other.lastProblem?.time ?? -Infinity)
        ? one.lastProblem
        : other.lastProblem,
  };
}

/** Null where there are none. */
export function totalOf(states: readonly (ExportState | null)[]): ExportState | null {
  return states.reduce((sum, state) => (sum && state ? together(sum, state) : (sum ?? state)), null);
}

/** Of a run that is over: what still waited was given up. */
export function ended(state: ExportState): ExportState {
  const settled = ({ queued, dropped, ...rest }: Counts): Counts => ({
    ...rest,
    queued: 0,
    dropped: dropped + queued,
  });
  const { traces, metrics, logs } = state.counts;
  return {
    ...state,
    counts: { traces: settled(traces), metrics: settled(metrics), logs: settled(logs) },
    queuedBytes: 0,
    nextTry: null,
  };
}
