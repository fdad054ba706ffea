// Observability gap: a run that looks perfect is shipped, and what would have told was not emitted.
import { counted, percent, whole } from '../core/wording.ts';
import { parseRecipe } from '../data/index.ts';
import type { LessonBody, RunFacts, Seen } from './lesson.ts';
import { lessonSeeds } from './seeds.ts';

const id = 'observability-gap';
/** The run is shipped at `end`; replayed with every signal emitted, it rests at `known`. */
const [faultAt, known, end] = [400, 600, 1600] as const;

const stepOf = (step: number | undefined): string => (step === undefined ? 'never' : `step ${whole(step)}`);

function rightInProduction({ shipped }: Seen): string {
  return shipped?.right === undefined ? 'being judged …' : percent(shipped.right);
}

const rightOn = (signal: 'accuracy' | 'validation_accuracy', run: RunFacts, step: number): number =>
  run.value(signal, step) ?? NaN;

/** “1,130 steps before it was shipped”, or nothing where one of the two is not known. */
function sooner({ fired, wouldFire, shipped }: Seen): string {
  const fire = fired('overfit') ?? wouldFire('overfit');
  if (fire === undefined || shipped === undefined) return '';
  return `${counted(shipped.at - fire, 'step')} before it was shipped`;
}

/** Nobody is to see what is done to the run, nor what becomes of it. */
const production = ['happened', 'surface'] as const;

export const observabilityGap = {
  id,
  recipe: parseRecipe({
    learningRate: 0.2,
    unemitted: ['validation_loss', 'validation_accuracy'],
    seed: lessonSeeds[id],
  }),
  detector: 'overfit',
  steps: end + 1,
  expect: [
    {
      words: 'it has learned before the fault',
      holds: (run) => rightOn('validation_accuracy', run, faultAt - 1) > 0.88,
    },
    { words: 'training ends without a mistake', holds: (run) => rightOn('accuracy', run, end) >= 0.99 },
    {
      words: 'about one in four answers is wrong',
      holds: (run) => Math.abs(rightOn('validation_accuracy', run, end) - 0.73) <= 0.03,
    },
    {
      words: 'no alert comes',
      holds: ({ fired }) =>
        (['overfit', 'loss-spike', 'dead-neurons', 'stalled', 'input-shift'] as const).every(
          (detector) => fired(detector) === undefined,
        ),
    },
    {
      words:
        'with every signal emitted overfitting would fire, so soon that the last healthy checkpoint is from before the fault',
      holds: ({ wouldFire }) => {
        const fire = wouldFire('overfit') ?? NaN;
        return fire > faultAt && fire <= faultAt + 70;
      },
    },
  ],
  takeHome: { text: 'The alert rules', drawer: 'rules' },
  beats: [
    {
      id: 'watch',
      stage: 'predict',
      say: () => ['A network learns.', 'You see what its dashboard shows.'],
      text: 'About 90 seconds, in four stages. Nothing is scored, every beat can be skipped, and who leaves keeps the run.',
      covers: ['happened'],
      show: 'charts',
      to: faultAt,
      pace: 60,
      until: 'there',
    },
    {
      id: 'train',
      stage: 'predict',
      press: { fault: 'starve' },
      say: () => ['It has learned the ring.', 'Now it trains on, ten times as fast.'],
      text: 'The picture is covered: in production you would not see it either.',
      covers: production,
      to: end + 1,
      pace: 600,
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      say: (seen) => [
        `Training accuracy ${percent(rightOn('accuracy', seen, seen.step))}. No alert.`,
        'Ship it?',
      ],
      covers: production,
      asks: [
        {
          id: 'ship',
          text: 'Ship it?',
          choices: [{ id: 'ship', text: 'Yes, ship it' }],
          points: {
            at: 'lamps',
            hint: 'Not yet, because of one of the signals? Press its lamp.',
            words: (lamp) => `not yet, because of ${lamp}`,
          },
          happened: (seen) => `Right in production: ${rightInProduction(seen)}.`,
        },
      ],
      until: 'answered',
    },
    {
      id: 'offer',
      stage: 'break',
      say: () => ['The release is today, and no alarm speaks against it.', 'Press Ship it.'],
      covers: production,
      until: { press: 'Ship it' },
    },
    {
      id: 'ship',
      stage: 'break',
      press: { act: 'ship' },
      say: (seen) => [
        `Right in production: ${rightInProduction(seen)}.`,
        'Look at the picture, and at the grey lines.',
      ],
      text: 'Its border gets all 24 examples right that it was given, the mislabelled ones too.',
      until: { press: 'What happened?' },
    },
    {
      id: 'post-mortem',
      stage: 'explain',
      explains: true,
      say: () => ['The post-mortem, from the rows of this run.', 'Grey in the charts: what nobody emitted.'],
      card: 'post-mortem',
      until: { press: 'Go on' },
    },
    {
      id: 'diagnose',
      stage: 'explain',
      covers: ['lamps', 'happened', 'charts'],
      say: () => ['One lamp was neither calm nor alarmed: it was dark.', 'Which?'],
      asks: [
        {
          id: 'dark',
          text: 'Which lamp was dark?',
          choices: [],
          points: {
            at: 'lamps',
            hint: 'The lamps are covered. Press the one that was dark.',
            words: (lamp) => lamp,
          },
          happened: () => 'validation ÷ training was dark: validation_loss was not emitted.',
        },
      ],
      until: 'answered',
    },
    {
      id: 'dark',
      stage: 'explain',
      explains: true,
      say: () => [
        'On a railway, a dark signal means stop.',
        'On your dashboard it means that nothing happens.',
      ],
      text: 'validation ÷ training is dark. An alarm that needs a signal stays silent without it, whatever happens.',
      until: { press: 'Emit validation_loss: the same run again' },
    },
    {
      id: 'replay',
      stage: 'fix',
      press: { act: 'replay-emitting' },
      say: (seen) => {
        const fire = seen.fired('overfit');
        return fire === undefined
          ? ['The same run from step 0, and every signal is emitted.', 'Watch the third lamp.']
          : [`Overfitting fires at ${stepOf(fire)}.`, 'It would have taken one look at a lamp.'];
      },
      text: 'Same seed, same fault at the same step; only validation_loss and validation_accuracy are emitted too.',
      to: known,
      pace: 120,
      until: 'there',
    },
    {
      id: 'known',
      stage: 'fix',
      say: (seen) => [
        `It fired at ${stepOf(seen.fired('overfit'))}, ${sooner(seen)}.`,
        'Time to do something about it.',
      ],
      text: 'The remedy goes back to the last healthy checkpoint, from before the fault.',
      until: { press: 'Rewind, give the data back' },
    },
    {
      id: 'fix',
      stage: 'fix',
      press: { remedy: 'give-data-back' },
      say: (seen) => [
        `Right on validation: ${percent(rightOn('validation_accuracy', seen, seen.step))}.`,
        'With all examples back it goes on where it was healthy.',
      ],
      text: 'Given back without the rewind, unlearning takes some hundred steps.',
      further: 200,
      pace: 60,
      until: 'there',
    },
    {
      id: 'check',
      stage: 'fix',
      say: () => ['Three dashboards for this run.', 'One of them could not have caught it.'],
      asks: [
        {
          id: 'dashboard',
          text: 'Which could not have caught it?',
          choices: [
            { id: 'all', text: 'all, validated every 10 steps' },
            { id: 'two', text: 'only loss and validation_loss' },
            { id: 'rare', text: 'all, validated every 700 steps' },
          ],
          happened: () =>
            'Every 700 steps: two evaluations before it was shipped. The rule asks for three in a row.',
        },
      ],
      until: 'answered',
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: (seen) => [`Known ${sooner(seen)}.`, 'Give the dark lamp an alarm of its own.'],
      text: 'Two rules: one on validation_loss ÷ loss, and one on its absence: absent_over_time(training_validation_loss[20s]).',
      card: 'receipt',
      until: { press: 'Done' },
    },
  ],
} as const satisfies LessonBody;
