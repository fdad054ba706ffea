// Time as the exporter sees it, so that tests can let ten minutes pass at once.

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Acts once, `milliseconds` from now; the returned function calls it off. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
