// Names in Prometheus, held against what its OTLP endpoint and the Collector are documented to make of ours.
import { expect, test } from 'vitest';
import { labelName, prometheusName } from '../../src/signals/prometheus.ts';

const gauge = 'gauge' as const;

test.each([
  [{ metric: 'training.loss', instrument: gauge, unit: '{loss}' }, 'training_loss'],
  [{ metric: 'training.validation_loss', instrument: gauge, unit: '{loss}' }, 'training_validation_loss'],
  [{ metric: 'training.dead_neuron_ratio', instrument: gauge, unit: '1' }, 'training_dead_neuron_ratio'],
  [{ metric: 'training.gradient_norm_ratio', instrument: gauge, unit: '1' }, 'training_gradient_norm_ratio'],
  [{ metric: 'training.accuracy', instrument: gauge, unit: '1' }, 'training_accuracy_ratio'],
  [{ metric: 'training.nonfinite', instrument: 'counter', unit: '{value}' }, 'training_nonfinite_total'],
  [{ metric: 'training.steps', instrument: 'counter', unit: '{step}' }, 'training_steps_total'],
  [{ metric: 'telemetry.bytes', instrument: 'counter', unit: 'By' }, 'telemetry_bytes_total'],
  [
    { metric: 'training.step.duration', instrument: 'histogram', unit: 's' },
    'training_step_duration_seconds',
  ],
  [{ metric: 'requests.total', instrument: 'counter', unit: '1' }, 'requests_total'],
  [{ metric: 'a.ratio.of', instrument: gauge, unit: '1' }, 'a_of_ratio'],
] as const)('%o is %s', (metric, name) => {
  expect(prometheusName(metric)).toBe(name);
});

test('an attribute’s dots become underscores', () => {
  expect(labelName('service.instance.id')).toBe('service_instance_id');
});
