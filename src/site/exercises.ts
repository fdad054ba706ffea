// The exercises of a workshop: a lesson each, in the order of the day.
import { lessonEntryOf } from '../lessons/index.ts';

export interface Exercise {
  /** Of the lesson. */
  readonly lesson: string;
  readonly pattern: string;
  /** What to say before it. */
  readonly say: string;
  /** To ask the room; the answer is folded away. */
  readonly questions: readonly (readonly [question: string, answer: string])[];
}

export const exercises: readonly Exercise[] = [
  {
    lesson: 'loss-spike',
    pattern: 'Training instability',
    say: 'Nobody presses anything in this run: the rate was too high from step 0 and shows it only after hundreds of good steps. Ask for a prediction before you press play.',
    questions: [
      [
        'Which moves first, the loss or the gradient norm?',
        'Here the gradient norm, by some steps: the instability grows. At a sudden raise of the rate both move in the same step, and the gradient norm leads nothing.',
      ],
      [
        'Would clipping have helped?',
        'Hardly under Adam, which divides by the gradient’s own size. Under SGD it takes the edge off a bad batch.',
      ],
    ],
  },
  {
    lesson: 'dead-relu',
    pattern: 'Dead neurons',
    say: 'Fourteen of sixteen neurons go out one after another. Nothing jumps: whoever watches the loss alone sees a plateau.',
    questions: [
      [
        'Why does more training not help?',
        'Below zero ReLU’s gradient is 0 on every example: no update ever reaches those neurons again.',
      ],
      [
        'Does a dividing of the learning rate revive them?',
        'No. It prevents; only another activation, batch normalisation or new weights revive.',
      ],
      [
        'A quarter of a layer is dead, and accuracy is rising. Stop the run?',
        'No. An alert is not a harm: small networks shrug at a quarter or half of a layer. See “Four dead ReLUs, no harm”.',
      ],
    ],
  },
  {
    lesson: 'observability-gap',
    pattern: 'Observability gap',
    say: 'Ask who would ship this run. Count the hands, write the number down, then press Ship it.',
    questions: [
      [
        'Which lamp was neither calm nor alarmed?',
        'Validation ÷ training: it was dark. An alarm that needs a signal stays silent without it.',
      ],
      [
        'How would you be told that a signal is missing?',
        'By a rule on its absence, such as absent_over_time, beside the rule on its value.',
      ],
    ],
  },
  {
    lesson: 'input-shift',
    pattern: 'Observability gap: what users send',
    say: 'Everything that training emits stays calm. The question is who looks at what users send.',
    questions: [
      [
        'Which number falls when users move away?',
        'None that training emits; KL divergence between what users send and the validation set rises.',
      ],
      [
        'Can a KL divergence per feature see every change?',
        'No. XOR turned by 90° keeps the distribution of each feature, and every answer is wrong. Only labels tell. And it alarms at a scaling that does no harm.',
      ],
    ],
  },
  {
    lesson: 'over-instrumentation',
    pattern: 'Instrumenting too much',
    say: 'Let them search the wall of charts by the stopwatch. Giving up is a good answer.',
    questions: [
      [
        'Does more telemetry find the fault sooner?',
        'No. The detector reads aggregates: it fires at the same step at every level.',
      ],
      [
        'What would you emit?',
        'Aggregates: the gradient norm once, the mean activation and the dead ratio per layer, loss and validation loss.',
      ],
    ],
  },
];

/** A lesson's own title, once there is that lesson. */
export function exerciseTitle({ lesson, pattern }: Exercise): string {
  return lessonEntryOf(lesson)?.title ?? pattern;
}
