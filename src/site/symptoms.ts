// From what somebody sees to the scenarios that look like it.
import type { ScenarioId } from '../scenarios/index.ts';

interface Lead {
  /** What decides, as the end of “… and”. */
  readonly when: string;
  readonly to: readonly ScenarioId[];
}

interface Symptom {
  readonly id: string;
  readonly seen: string;
  readonly leads: readonly Lead[];
}

export const symptoms: readonly Symptom[] = [
  {
    id: 'jumped',
    seen: 'The loss jumped once and came back',
    leads: [
      { when: 'nobody had changed anything for hundreds of steps', to: ['loss-spike'] },
      { when: 'the learning rate had just been raised', to: ['rate-raised', 'digits-rate-raised'] },
      { when: 'it was one step, at the same rate as before', to: ['bad-batch', 'digits-bad-batch'] },
      { when: 'the alert that should have told you why stayed silent', to: ['gradient-hidden'] },
    ],
  },
  {
    id: 'never-back',
    seen: 'The loss jumped and never came back',
    leads: [
      { when: 'every input now gets the same answer', to: ['rate-shock'] },
      { when: 'it ended in NaN or infinity', to: ['nonfinite'] },
    ],
  },
  {
    id: 'nan',
    seen: 'The loss is NaN',
    leads: [{ when: 'the steps before it grew by orders of magnitude', to: ['nonfinite'] }],
  },
  {
    id: 'stopped',
    seen: 'The loss stopped falling, or never began to',
    leads: [
      { when: 'neurons have gone out, one after another', to: ['dead-relu', 'digits-dead-relu'] },
      { when: 'it stopped at what guessing costs, behind many sigmoid layers', to: ['vanishing-gradient'] },
      { when: 'the updates are tiny against the weights', to: ['stalled'] },
      { when: 'it began tens of times above guessing', to: ['exploding-gradient'] },
      { when: 'it learns, but slowly, and the border stays ragged', to: ['saturated-tanh'] },
    ],
  },
  {
    id: 'validation',
    seen: 'Training is perfect, validation is not',
    leads: [
      { when: 'there are few examples', to: ['overfit-little-data', 'digits-little-data'] },
      { when: 'some labels are wrong', to: ['overfit-label-noise', 'digits-label-noise'] },
      { when: 'nobody emits the validation loss, so nobody noticed', to: ['validation-hidden'] },
    ],
  },
  {
    id: 'users',
    seen: 'The metrics are fine, the users are not',
    leads: [
      { when: 'it got worse over time', to: ['input-drift', 'digits-input-drift'] },
      { when: 'it was so from the first day', to: ['validation-misleads'] },
      { when: 'not even the statistics of the inputs moved', to: ['xor-rotated'] },
    ],
  },
  {
    id: 'nothing-moved',
    seen: 'Nothing moved, but something is wrong',
    leads: [
      { when: 'a signal that would have moved is not emitted', to: ['validation-hidden', 'gradient-hidden'] },
      { when: 'all signals are emitted, and the answers are wrong', to: ['xor-rotated'] },
    ],
  },
  {
    id: 'no-harm',
    seen: 'An alert fires, but nothing got worse',
    leads: [
      { when: 'it says that neurons are dead', to: ['dead-few'] },
      { when: 'it says that the inputs have shifted', to: ['xor-scaled'] },
    ],
  },
  {
    id: 'bill',
    seen: 'My telemetry bill, or my wall of dashboards, keeps growing',
    leads: [{ when: 'every weight or neuron has a series of its own', to: ['instrument-everything'] }],
  },
];
