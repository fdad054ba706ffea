// Instrumenting too much: a wall of every weight, and a fault to find on it.
import { counted, whole } from '../core/wording.ts';
import { parseRecipe } from '../data/index.ts';
import type { LessonBody, Seen } from './lesson.ts';
import { lessonSeeds } from './seeds.ts';

const id = 'over-instrumentation';
const [wallAt, faultAt, end] = [240, 300, 600] as const;

/** Slow enough to watch a chart, fast enough to see a fault of 70 steps in six seconds. */
const watchable = 12;

const seriesNow = ({ step, value }: Seen): string => whole(value('telemetry_series', step) ?? NaN);

/** “after 43 steps”, from the run. */
function foundAfter({ fired, faultAt: at }: Seen): string {
  const fire = fired('dead-neurons');
  return fire === undefined || at === undefined ? 'not yet' : `after ${counted(fire - at, 'step')}`;
}

function you({ search: { seconds } }: Seen): string {
  return seconds === undefined ? 'You: never.' : `You: ${Math.round(seconds)} s.`;
}

const accuracy = (run: Pick<Seen, 'value'>, step: number): number =>
  run.value('validation_accuracy', step) ?? NaN;

export const overInstrumentation = {
  id,
  recipe: parseRecipe({ seed: lessonSeeds[id] }),
  detector: 'dead-neurons',
  steps: 700,
  choice: {
    most: 6,
    candidates: [
      'loss',
      'accuracy',
      'validation_loss',
      'validation_accuracy',
      'gradient_norm',
      'update_ratio',
      'learning_rate',
      'nonfinite_loss',
      'activation_mean',
      'dead_neuron_ratio',
      'input_kl_divergence',
      'telemetry_series',
    ],
    against: ['rate-raised', 'dead-relu', 'overfit-label-noise', 'input-drift', 'instrument-everything'],
  },
  expect: [
    { words: 'it has learned before the wall', holds: (run) => accuracy(run, wallAt - 1) > 0.88 },
    {
      words: 'too many series are seen in the step in which they begin',
      holds: ({ fired }) => fired('over-instrumentation') === wallAt,
    },
    {
      words: 'dead neurons fire within 60 steps of the fault, and not before it',
      holds: ({ fired }) => {
        const fire = fired('dead-neurons') ?? NaN;
        return fire > faultAt && fire <= faultAt + 60;
      },
    },
    {
      words: 'no other detector tells',
      holds: ({ fired }) => fired('loss-spike') === undefined && fired('overfit') === undefined,
    },
    {
      words: 'the network loses ten points of accuracy and does not find them again',
      holds: (run) => accuracy(run, 699) < accuracy(run, faultAt - 1) - 0.1,
    },
  ],
  takeHome: { text: 'The core signals', drawer: 'signals' },
  beats: [
    {
      id: 'watch',
      stage: 'predict',
      say: (seen) => [`${seriesNow(seen)} series are emitted, and every lamp is clear.`, 'Enough?'],
      text: 'About 90 seconds, in four stages. Nothing is scored, every beat can be skipped, and who leaves keeps the run.',
      show: 'charts',
      to: wallAt,
      pace: 60,
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      say: () => ['Somebody asks for more: every weight, at every step.', 'What will that find?'],
      asks: [
        {
          id: 'sooner',
          text: 'More telemetry finds faults …',
          choices: [
            { id: 'sooner', text: 'sooner' },
            { id: 'equally', text: 'equally soon' },
            { id: 'later', text: 'later' },
          ],
          happened: (seen) =>
            `The detector: ${foundAfter(seen)}${seen.isSameAtEveryLevel ? ', at every level' : ''}. ${you(seen)}`,
        },
      ],
      until: 'answered',
    },
    {
      id: 'offer',
      stage: 'break',
      say: () => ['The network has learned.', 'Now instrument everything.'],
      text: 'Every weight and its gradient, every neuron, and the loss of every sample: really read back, recorded and serialised at every step.',
      until: { press: 'Instrument everything' },
    },
    {
      id: 'instrument',
      stage: 'break',
      press: { fault: 'instrument-everything' },
      show: 'wall',
      say: (seen) => [
        `${seriesNow(seen)} series.`,
        'Here is a chart for every weight and bias. Look around.',
      ],
      to: faultAt,
      pace: watchable,
      until: 'there',
    },
    {
      id: 'find',
      stage: 'break',
      press: { fault: 'kill-relus' },
      show: 'wall',
      covers: ['lamps', 'happened'],
      say: () => ['Something has just broken.', 'Press the chart that shows it.'],
      card: 'search',
      to: end,
      pace: watchable,
      until: 'searched',
    },
    {
      id: 'reveal',
      stage: 'explain',
      show: 'wall',
      covers: ['lamps', 'happened'],
      isMarked: true,
      explains: true,
      say: ({ search: { gaveUp } }) => [
        gaveUp ? 'A good answer: nobody uses such a wall.' : 'There it is.',
        'The ringed charts: 14 biases of layer 1 were pushed below zero, 0.1 a step.',
      ],
      text: 'Nearly every chart moved: a weight reacts to all the others. Which of them was the cause, a wall does not say.',
      until: { press: 'Show the core signals' },
    },
    {
      id: 'answer',
      stage: 'explain',
      show: 'charts',
      explains: true,
      say: (seen) => [
        `${you(seen)} dead_neuron_ratio: ${foundAfter(seen)}.`,
        seen.isSameAtEveryLevel
          ? 'One lamp is level: found at the same step whatever is emitted.'
          : 'One lamp is level: its detector reads aggregates.',
      ],
      card: 'levels',
      until: { press: 'What does it cost?' },
    },
    {
      id: 'bill',
      stage: 'explain',
      explains: true,
      say: ({ isSameAtEveryLevel }) => [
        isSameAtEveryLevel ? 'The same finding, at very different prices.' : 'Every level has its price.',
        'Then turn it off again.',
      ],
      card: 'bill',
      until: { press: 'Core signals only' },
    },
    {
      id: 'fix',
      stage: 'fix',
      press: { remedy: 'aggregates-only' },
      show: 'charts',
      say: (seen) => [
        `${seriesNow(seen)} series again, and the same lamp is level.`,
        'Nothing that was found is lost. The neurons stay dead: that is another lesson.',
      ],
      further: 120,
      pace: 60,
      until: 'there',
    },
    {
      id: 'six',
      stage: 'fix',
      say: () => [
        'If you could keep only six signals, which?',
        'The five faults will be run against your choice.',
      ],
      card: 'six',
      until: { press: 'Go on' },
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: (seen) => [
        `${you(seen)} The detector: ${foundAfter(seen)}.`,
        'Emit aggregates; look at single weights once, when you must.',
      ],
      card: 'receipt',
      until: { press: 'Done' },
    },
  ],
} as const satisfies LessonBody;
