// Work that can wait until the browser has nothing better to do.

/** Runs it once, in idle time or after two seconds; returns what calls it off. */
export function whenIdle(work: () => void): () => void {
  // Safari has no idle time to give away.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 500);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}
