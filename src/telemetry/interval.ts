// How often a run is heard of.

/** Between two exports of the metrics, and two heartbeats. */
export const intervalMilliseconds = 5000;
