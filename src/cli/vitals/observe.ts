// What a page notes of itself while it is measured. It runs in the page before any of its scripts.

/** Milliseconds since the page was asked for; 0 = not yet. */
export interface Seen {
  firstPaint: number;
  largestPaint: number;
  /** The training thread's script was asked for. */
  worker: number;
  /** The first step stood on the page. */
  firstStep: number;
  /** Sum of layout shifts, as Cumulative Layout Shift counts them, without a limit in time. */
  shift: number;
  /** Durations of main-thread tasks over 50 ms. */
  tasks: number[];
}

/** Self-contained: its text is sent to the page. */
export function startObserving(): void {
  const seen: Seen = { firstPaint: 0, largestPaint: 0, worker: 0, firstStep: 0, shift: 0, tasks: [] };
  Object.assign(globalThis, { seen });
  const observe = (type: string, see: (entry: PerformanceEntry) => void): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  };
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.firstPaint = startTime;
  });
  observe('largest-contentful-paint', ({ startTime }) => {
    seen.largestPaint = startTime;
  });
  observe('resource', ({ name, startTime }) => {
    if (/\/worker-[^/]*\.js$/.test(name) && seen.worker === 0) seen.worker = startTime;
  });
  observe('layout-shift', (entry) => {
    seen.shift += (entry as PerformanceEntry & { readonly value: number }).value;
  });
  observe('longtask', ({ duration }) => {
    seen.tasks.push(duration);
  });
  const look = (): void => {
    const text = document.querySelector('[data-testid=step]')?.textContent ?? '';
    // A run that has not begun stands at 0.
    if (/[1-9]/.test(text)) seen.firstStep = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
