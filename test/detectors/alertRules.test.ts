// The alert rules to take home: how they are written, with which thresholds, and the committed file.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultRecipe } from '../../src/core/recipe.ts';
import { calibratedLimit, shiftWindow } from '../../src/data/inputShift.ts';
import {
  commentedRule,
  lastSteps,
  rulesFile,
  ruleYaml,
  type AlertRule,
} from '../../src/detectors/alertRule.ts';
import { alertRulesFile, ruleThresholds } from '../../src/detectors/alertRules.ts';
import type { Detector } from '../../src/detectors/detector.ts';
import { detectors } from '../../src/detectors/index.ts';
import { inputShift } from '../../src/detectors/inputShift.ts';
import { lossSpike } from '../../src/detectors/lossSpike.ts';

const every: readonly Detector[] = detectors;
const rule: AlertRule = {
  alert: 'Alert',
  expr: 'a > 1\nand b',
  forSeconds: 9,
  severity: 'warning',
  summary: 'says "so" of {{ $labels.layer_name }}',
  limits: 'None.',
};

test('docs/alerts/trainwreck.rules.yml is what `tsx src/cli/alertRules.ts` writes', () => {
  expect(readFileSync('docs/alerts/trainwreck.rules.yml', 'utf8')).toBe(alertRulesFile(defaultRecipe, 2));
});

test('a rule is an element of a list, its words quoted, its limits a comment', () => {
  expect(ruleYaml(rule)).toBe(
    [
      '- alert: Alert',
      '  expr: |',
      '    a > 1',
      '    and b',
      '  for: 9s',
      '  labels:',
      '    severity: warning',
      '  annotations:',
      '    summary: "says \\"so\\" of {{ $labels.layer_name }}"',
    ].join('\n'),
  );
  expect(commentedRule(rule)).toBe(`# None.\n${ruleYaml(rule)}`);
});

test('no comment is longer than a line that is read', () => {
  const limits = Array.from({ length: 60 }, () => 'word').join(' ');
  const comment = commentedRule({ ...rule, limits })
    .split('\n')
    .filter((line) => line.startsWith('#'));
  expect(comment.join(' ').replaceAll('# ', '')).toBe(limits);
  for (const line of comment) expect(line.length).toBeLessThanOrEqual(102);
});

test('rules stand in their groups', () => {
  const text = rulesFile([{ name: 'one', rules: [rule, { ...rule, alert: 'Other' }] }]);
  expect(text.startsWith('groups:\n  - name: one\n    rules:\n      # None.\n      - alert: Alert\n')).toBe(
    true,
  );
  expect(text).toContain('\n      - alert: Other\n        expr: |\n          a > 1\n');
});

test('a range of 50 steps ends half a second before the 51st', () => {
  expect(lastSteps(50)).toBe('49s500ms');
});

test('every alert has a name of its own', () => {
  const names = every
    .flatMap((detector) => detector.alertRules(detector.thresholds))
    .map(({ alert }) => alert);
  expect(new Set(names).size).toBe(names.length);
});

test('a rule holds the divergence’s limit for this run, unless the recipe sets one', () => {
  const { kl } = ruleThresholds(inputShift, { thresholds: {}, validation: 500 }, 16);
  expect(kl).toBeCloseTo(calibratedLimit(16, shiftWindow, 500), 5);
  const set = { thresholds: { 'input-shift.kl': 0.3 }, validation: 500 };
  expect(ruleThresholds(inputShift, set, 16)).toEqual({ kl: 0.3, windows: 2 });
});

test('a rule holds the thresholds of the recipe', () => {
  const text = alertRulesFile({ ...defaultRecipe, thresholds: { 'loss-spike.warning': 7 } }, 2);
  expect(text).toContain('training_gradient_norm >= 7 * ');
  expect(ruleThresholds(lossSpike, defaultRecipe, 2)).toEqual(lossSpike.thresholds);
});
