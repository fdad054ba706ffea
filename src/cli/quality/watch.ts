// What detectors and published rules say of the rows of one run.
import { Rows, type RowLayout } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { Dataset } from '../../data/dataset.ts';
import { divergenceInputs } from '../../data/inputShift.ts';
import type { DetectorEvent } from '../../detectors/detector.ts';
import { makeMonitor } from '../../detectors/monitor.ts';
import { ruleSpans } from './rules.ts';
import type { Outcome, Span, Spans } from './trial.ts';

type Watched = Pick<Outcome, 'firing' | 'raised' | 'rules'>;

/** Spans of one detector: while any of its layers is raised (`firing`: as firing). */
function spansOf(events: readonly DetectorEvent[], detector: string, firing: boolean, end: number): Span[] {
  const since = new Map<number, number>();
  const spans: Span[] = [];
  const close = (layer: number, at: number): void => {
    const from = since.get(layer);
    // Raised and resolved within one row is an alarm of that row.
    if (from !== undefined) spans.push([from, Math.max(at, from + 1)]);
    since.delete(layer);
  };
  for (const event of events) {
    if (event.kind === 'resolved') {
      if (event.detector === detector) close(event.layer, event.at);
    } else {
      const { finding } = event;
      const counts = finding.detector === detector && (!firing || finding.severity === 'firing');
      if (counts && !since.has(finding.layer)) since.set(finding.layer, finding.at);
    }
  }
  for (const layer of [...since.keys()]) close(layer, end);
  return spans;
}

function byDetector(events: readonly DetectorEvent[], firing: boolean, end: number): Spans {
  const raised = events.flatMap((event) => (event.kind === 'raised' ? [event.finding.detector] : []));
  const spans = [...new Set(raised)].map((id) => [id, spansOf(events, id, firing, end)] as const);
  return Object.fromEntries(spans.filter(([, list]) => list.length > 0));
}

/** The one place where rows meet the detectors. */
export function watch(
  recipe: Recipe,
  dataset: Dataset,
  layout: RowLayout,
  words: Uint32Array<ArrayBuffer>,
): Watched {
  const rows = new Rows(layout, words);
  const end = rows.count === 0 ? 0 : rows.step(rows.count - 1) + 1;
  const facts = { inputs: divergenceInputs(dataset) };
  const events = makeMonitor(recipe, layout, facts).push(rows);
  return {
    firing: byDetector(events, true, end),
    raised: byDetector(events, false, end),
    rules: ruleSpans(recipe, layout, rows, facts),
  };
}
