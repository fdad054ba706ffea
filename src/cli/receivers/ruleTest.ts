// The alert rules of detectors against a recorded run, as a test that promtool runs: each alert begins at its detector's step.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rulesFile, type AlertRule } from '../../detectors/alertRule.ts';
import { ruleThresholds } from '../../detectors/alertRules.ts';
import type { Detector } from '../../detectors/detector.ts';
import { promtool, type ToolResult } from './promtool.ts';
import type { Recording, TimeSeries } from './recording.ts';

/** When the first of a detector's alerts must begin. */
export type Expectation =
  | { readonly kind: 'at'; readonly step: number; readonly tolerance: number }
  | { readonly kind: 'not-before'; readonly step: number }
  | { readonly kind: 'never' };

/** A rule does not see which step was an evaluation: steps of an evaluation interval by which it may differ. */
const tolerances: Readonly<Record<string, number>> = { overfit: 10 };

export function expectationOf({ id }: Detector, { first, firstWarning }: Recording): Expectation {
  const step = first[id];
  if (step === undefined) return { kind: 'never' };
  // The rule of loss-spike is its warning; where it fires without one, all that a rule can do is to come later.
  if (id === 'loss-spike' && firstWarning[id] !== step) return { kind: 'not-before', step };
  return { kind: 'at', step, tolerance: tolerances[id] ?? 0 };
}

export function expectationText(expectation: Expectation): string {
  if (expectation.kind === 'never') return 'never';
  if (expectation.kind === 'not-before') return `≥ ${expectation.step}`;
  return expectation.tolerance === 0
    ? `${expectation.step}`
    : `${expectation.step} ± ${expectation.tolerance}`;
}

/** Rules that belong together, and when the first of their alerts must begin. */
export interface Claim {
  readonly rules: readonly AlertRule[];
  readonly expectation: Expectation;
}

export function claimOf(detector: Detector, recording: Recording): Claim {
  const thresholds = ruleThresholds(detector, recording.recipe, recording.inputs);
  return { rules: detector.alertRules(thresholds), expectation: expectationOf(detector, recording) };
}

/** Values as promtool notes them: `_` where there is none. */
function notation({ values }: TimeSeries): string {
  return values
    .map((value) => (value === undefined ? '_' : String(value).replace('Infinity', 'Inf')))
    .join(' ');
}

function expressionTest({ rules, expectation }: Claim, end: number) {
  const names = rules.map(({ alert }) => alert).join('|');
  const begins = `min(min_over_time(timestamp(ALERTS{alertname=~"${names}",alertstate="firing"})[3h:1s]))`;
  const at = (expr: string, samples: readonly number[]) => ({
    expr,
    eval_time: `${end}s`,
    exp_samples: samples.map((value) => ({ labels: '{}', value })),
  });
  if (expectation.kind === 'never') return at(begins, []);
  const { step } = expectation;
  if (expectation.kind === 'not-before') return at(`${begins} < ${step}`, []);
  if (expectation.tolerance === 0) return at(begins, [step]);
  return at(`abs(${begins} - ${step}) <= bool ${expectation.tolerance}`, [1]);
}

/** Holds these claims against a recording with \`promtool test rules\`. */
export function testRules(claims: readonly Claim[], { series, steps }: Recording): ToolResult {
  const folder = mkdtempSync(join(tmpdir(), 'trainwreck-rules-'));
  const groups = claims.map(({ rules }, index) => ({ name: `claim-${index}`, rules }));
  writeFileSync(join(folder, 'rules.yml'), rulesFile(groups));
  const test = {
    rule_files: ['rules.yml'],
    evaluation_interval: '1s',
    tests: [
      {
        interval: '1s',
        input_series: series.map((each) => ({ series: each.selector, values: notation(each) })),
        promql_expr_test: claims.map((claim) => expressionTest(claim, steps - 1)),
      },
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'test.yml'), JSON.stringify(test));
  const result = promtool(['test', 'rules', join(folder, 'test.yml')]);
  rmSync(folder, { recursive: true });
  return result;
}

/** `promtool check rules` of rules that stand in no file. Several signals may have the same. */
export function checkRules(rules: readonly AlertRule[]): ToolResult {
  const folder = mkdtempSync(join(tmpdir(), 'trainwreck-rules-'));
  const each = [...new Map(rules.map((rule) => [rule.alert, rule])).values()];
  writeFileSync(join(folder, 'rules.yml'), rulesFile([{ name: 'signals', rules: each }]));
  const result = promtool(['check', 'rules', join(folder, 'rules.yml')]);
  rmSync(folder, { recursive: true });
  return result;
}
