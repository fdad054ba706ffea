// All that is claimed of the alert rules: they are well formed, begin at their detector's step on every recorded run, and fail where a threshold is wrong.
import type { AlertRule } from '../../detectors/alertRule.ts';
import type { Detector } from '../../detectors/detector.ts';
import { detectors } from '../../detectors/index.ts';
import { ruleThresholds } from '../../detectors/alertRules.ts';
import { signalRule } from '../../detectors/signalRules.ts';
import { coreSignals } from '../../signals/emitting.ts';
import { findOrInstallPromtool, promtool } from './promtool.ts';
import { recordedRecipes } from './recipes.ts';
import { record, type Recording } from './recording.ts';
import type { Tally } from './tally.ts';
import { checkRules, claimOf, expectationOf, expectationText, testRules } from './ruleTest.ts';

const file = 'docs/alerts/trainwreck.rules.yml';
const all: readonly Detector[] = detectors;

/** Every detector on one recording, and what was found where. */
function testRecording(recording: Recording, tally: Tally): void {
  const claims = all.map((detector) => claimOf(detector, recording));
  const { passed, output } = testRules(claims, recording);
  const found = all
    .map((detector) => [detector.id, expectationOf(detector, recording)] as const)
    .filter(([, { kind }]) => kind !== 'never')
    .map(([id, expectation]) => `${id} ${expectationText(expectation)}`);
  tally.say(passed, `${recording.id.padEnd(28)} ${found.join(', ') || 'all quiet'}`, output);
}

/** Recordings in which a detector found something. */
function recordingsOf({ id }: Detector, recordings: readonly Recording[]): readonly Recording[] {
  return recordings.filter(({ first }) => first[id] !== undefined);
}

/** Each alert has begun in some recording: a rule that never speaks would pass everywhere else. */
function testThatEachSpeaks(detector: Detector, recordings: readonly Recording[], tally: Tally): void {
  for (const { alert } of detector.alertRules(detector.thresholds)) {
    const where = recordingsOf(detector, recordings).find((recording) => {
      const rules = claimOf(detector, recording).rules.filter((rule) => rule.alert === alert);
      return !testRules([{ rules, expectation: { kind: 'never' } }], recording).passed;
    });
    tally.say(where !== undefined, `${alert} speaks${where ? ` (${where.id})` : ''}`);
  }
}

const wrongFactors = [3, 1 / 3, 10, 1 / 10];

/** The factor by which a threshold must be wrong for this recording to tell, if any does. */
function noticedFactor(detector: Detector, name: string, recording: Recording): number | undefined {
  const { expectation, rules } = claimOf(detector, recording);
  const thresholds = ruleThresholds(detector, recording.recipe, recording.inputs);
  return wrongFactors.find((factor) => {
    const wrong = detector.alertRules({ ...thresholds, [name]: (thresholds[name] ?? NaN) * factor });
    return !isSame(wrong, rules) && !testRules([{ rules: wrong, expectation }], recording).passed;
  });
}

function isSame(some: readonly AlertRule[], others: readonly AlertRule[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** A threshold that is wrong is noticed, for all that the rules have; what only the detector has is left out. */
function testWrongThresholds(detector: Detector, recordings: readonly Recording[], tally: Tally): void {
  const { thresholds } = detector;
  const used = Object.keys(thresholds).filter(
    (name) => !isSame(detector.alertRules({ ...thresholds, [name]: 0.77 }), detector.alertRules(thresholds)),
  );
  for (const name of used) {
    let factor: number | undefined;
    const where = recordingsOf(detector, recordings).find((recording) => {
      factor = noticedFactor(detector, name, recording);
      return factor !== undefined;
    });
    const how = where && factor ? ` (${name} × ${Number(factor.toPrecision(2))}, ${where.id})` : '';
    tally.say(where !== undefined, `${detector.id}.${name} wrong: the test fails${how}`);
  }
}

/** The file, and its rules on recordings. @param only ids of recordings to test on; none = all */
export async function testAlertRules(only: readonly string[], tally: Tally): Promise<void> {
  console.log(findOrInstallPromtool());
  const { passed, output } = promtool(['check', 'rules', file]);
  tally.say(passed, `promtool check rules ${file}`, output);
  const further = checkRules(coreSignals.map(signalRule));
  tally.say(further.passed, 'promtool check rules: one rule for each core signal', further.output);
  const recordings: Recording[] = [];
  for (const { id, recipe, steps } of recordedRecipes()) {
    if (only.length > 0 && !only.includes(id)) continue;
    const recording = await record(id, recipe, steps);
    testRecording(recording, tally);
    recordings.push(recording);
  }
  // With a few recordings only, most alerts have nowhere to speak.
  for (const detector of only.length > 0 ? [] : all) {
    testThatEachSpeaks(detector, recordings, tally);
    testWrongThresholds(detector, recordings, tally);
  }
}
