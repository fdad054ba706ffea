// The published rules over the rows of one run.
import type { RowLayout, Rows } from '../../core/layout.ts';
import type { Recipe } from '../../core/recipe.ts';
import type { WatchContext } from '../../detectors/detector.ts';
import { emittedRows, watchContextOf, type MonitorFacts } from '../../detectors/monitor.ts';
import { publishedRules } from '../../detectors/published/index.ts';
import type { PublishedRule } from '../../detectors/published/rule.ts';
import type { Span, Spans } from './trial.ts';

export const rules: readonly PublishedRule[] = publishedRules;

function spansOf(rule: PublishedRule, context: WatchContext, rows: Rows): Span[] {
  const alarmed = rule.watch(context);
  const spans: [number, number][] = [];
  for (let row = 0; row < rows.count; row++) {
    if (!alarmed(rows, row)) continue;
    const step = rows.step(row);
    const last = spans.at(-1);
    if (last?.[1] === step) last[1] = step + 1;
    else spans.push([step, step + 1]);
  }
  return spans;
}

/** Spans throughout which each rule was in alarm. */
export function ruleSpans(recipe: Recipe, layout: RowLayout, rows: Rows, facts: MonitorFacts): Spans {
  const context = watchContextOf(recipe, layout, facts);
  const emitted = emittedRows(rows, context.settings);
  const spans = rules.map((rule) => [rule.id, spansOf(rule, context, emitted)] as const);
  return Object.fromEntries(spans.filter(([, list]) => list.length > 0));
}
