// One alert rule for each core signal: its detector's, or, where none reads it, one to begin with.
import { defaultRecipe } from '../core/recipe.ts';
import type { CoreSignal } from '../signals/emitting.ts';
import { prometheusName } from '../signals/prometheus.ts';
import { lastSteps, type AlertRule } from './alertRule.ts';
import { ruleThresholds } from './alertRules.ts';
import { readers as all } from './index.ts';

const unmeasured =
  'No detector stands behind this rule: how often it is wrong has not been measured. Take it as a beginning.';

/** For signals that are evidence, or a setting. */
const ownRules: Readonly<Record<string, AlertRule>> = {
  accuracy: {
    alert: 'TrainingAccuracyGap',
    expr: `avg_over_time(training_accuracy_ratio[${lastSteps(50)}]) - training_validation_accuracy_ratio > 0.2`,
    forSeconds: 60,
    severity: 'warning',
    summary: 'the training set is classified far better than the validation set: more data, weight decay',
    limits: unmeasured,
  },
  activation_mean: {
    alert: 'TrainingActivationsVanished',
    expr: 'abs(training_activation_mean) < 1e-6',
    forSeconds: 20,
    severity: 'warning',
    summary: '{{ $labels.layer_name }} puts out nothing: look at its dead units and its initial weights',
    limits: `${unmeasured} The mean of a tanh layer may lie near 0 in all health.`,
  },
  learning_rate: {
    alert: 'TrainingRateRaised',
    expr: 'training_learning_rate > 3 * min_over_time(training_learning_rate[1m])',
    severity: 'warning',
    summary: 'the learning rate rose more than threefold within a minute: was that meant?',
    limits: `${unmeasured} A warm-up begins like this too.`,
  },
  validation_accuracy: {
    alert: 'TrainingValidationAccuracyFell',
    expr: 'training_validation_accuracy_ratio < max_over_time(training_validation_accuracy_ratio[1h]) - 0.1',
    forSeconds: 30,
    severity: 'warning',
    summary: 'validation accuracy fell by more than 0.1 from its best: go back to the best checkpoint',
    limits: unmeasured,
  },
};

/** Of the detector that reads the signal first of all, or else of any that reads it. @throws Error where there is none */
export function signalRule(signal: CoreSignal): AlertRule {
  const readers = [
    ...all.filter(({ signals }) => signals[0] === signal.id),
    ...all.filter(({ signals }) => signals.includes(signal.id)),
  ];
  const rules = readers.flatMap((detector) =>
    detector.alertRules(ruleThresholds(detector, defaultRecipe, 2)),
  );
  const rule = rules.find(({ expr }) => expr.includes(prometheusName(signal))) ?? ownRules[signal.id];
  if (!rule) throw new Error(`signal “${signal.id}”: no alert rule reads it; give it one here`);
  return rule;
}
