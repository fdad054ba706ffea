// Dead neurons: fourteen of sixteen go out, and no amount of training brings them back.
import { counted, decimal, percent, whole } from '../core/wording.ts';
import { parseRecipe } from '../data/index.ts';
import type { LaneFacts, LessonBody, RunFacts, Seen } from './lesson.ts';
import { lessonSeeds } from './seeds.ts';

const id = 'dead-relu';
/** Struck at `faultAt`; watched to `dead`; 600 steps more change nothing. */
const [faultAt, dead, more, raced, few] = [400, 500, 600, 500, 200] as const;
/** Accuracies this near are the same. */
const near = 0.02;

const recipe = parseRecipe({ seed: lessonSeeds[id] });
const right = (run: Pick<RunFacts, 'value'>, step: number): number =>
  run.value('validation_accuracy', step) ?? NaN;
const rightNow = (run: Pick<RunFacts, 'value' | 'step'>): string => percent(right(run, run.step));
const deadShare = (run: Pick<RunFacts, 'value' | 'step'>, layer = 1): string =>
  percent(run.value('dead_neuron_ratio', run.step, layer) ?? NaN);

/** Steps after which a copy is as good as the run was before the fault, and stays so as far as it is shown. */
function stepsBack(lane: LaneFacts): number | undefined {
  const enough = right(lane, faultAt - 1) - near;
  let back: number | undefined;
  for (let step = lane.from; step <= lane.step; step++) {
    const isBack = right(lane, step) >= enough;
    back = isBack ? (back ?? step) : undefined;
  }
  return back === undefined ? undefined : back - lane.from;
}

function cured(lane: LaneFacts): string {
  const steps = stepsBack(lane);
  return steps === undefined
    ? `${rightNow(lane)}, not back`
    : `${rightNow(lane)}, back after ${counted(steps, 'step')}`;
}

/** Its lowest since the fault. */
function lowest(lane: LaneFacts): number {
  let low = Infinity;
  for (let step = faultAt; step <= lane.step; step++) low = Math.min(low, right(lane, step));
  return low;
}

function held(lane: LaneFacts): string {
  return lane.step <= faultAt ? rightNow(lane) : `low ${percent(lowest(lane))}, now ${rightNow(lane)}`;
}

const backWords = ({ lane }: Seen, remedy: 'batch-norm' | 'leaky-relu' | 'lower-rate'): string => {
  const run = lane(remedy);
  if (!run) return 'not run';
  const steps = stepsBack(run);
  return steps === undefined ? 'never' : `after ${counted(steps, 'step')}`;
};

/** Silhouettes: how likely the outer class is at a point, within a disk of a radius or a strip across, and outside. */
const outside = (distance: number): number => 1 / (1 + Math.exp(-14 * distance));
const disk = (radius: number) => (x: number, y: number) => outside(Math.hypot(x, y) - radius);
const strip = (x: number, y: number) => outside(Math.abs(x * 0.4 + y * 0.9) - 0.35);

const remedies = ['batch-norm', 'leaky-relu', 'lower-rate'] as const;

export const deadRelu = {
  id,
  recipe,
  detector: 'dead-neurons',
  steps: dead + more + 1,
  expect: [
    { words: 'it has learned before the fault', holds: (run) => right(run, faultAt - 1) > 0.89 },
    {
      words: 'dead neurons fire within 60 steps of the fault, and nothing else does',
      holds: ({ fired, warned }) =>
        (fired('dead-neurons') ?? NaN) > faultAt &&
        (fired('dead-neurons') ?? NaN) <= faultAt + 60 &&
        warned('loss-spike') === undefined &&
        fired('overfit') === undefined,
    },
    {
      words: 'about one in four answers is wrong, and 600 steps more change nothing',
      holds: (run) =>
        Math.abs(right(run, dead) - 0.77) <= 0.03 &&
        Math.abs(right(run, dead + more) - right(run, dead)) <= near,
    },
    {
      words: 'layer 1 hardly answers any more, layer 2 lives',
      holds: (run) =>
        (run.value('activation_mean', dead, 1) ?? NaN) < 0.1 &&
        (run.value('dead_neuron_ratio', dead, 2) ?? NaN) <= 0.2,
    },
    {
      words: 'batch norm revives at once, LeakyReLU later, a lower rate never',
      besides: true,
      holds: ({ lane }) => {
        const end = dead + more + raced - 1;
        const good = right(lane('race', 'batch-norm'), faultAt - 1) - near;
        return (
          right(lane('race', 'batch-norm'), dead + more + 30) >= good &&
          right(lane('race', 'leaky-relu'), dead + more + 30) < good &&
          right(lane('race', 'leaky-relu'), end) >= good &&
          right(lane('race', 'lower-rate'), end) < good - 0.08
        );
      },
    },
    {
      words: 'batch norm holds against the same push, a lower rate does not',
      besides: true,
      holds: ({ lane }) => {
        const end = 384 + raced - 1;
        const good = right(lane('held', 'batch-norm'), faultAt - 1) - 3 * near;
        return (
          right(lane('held', 'batch-norm'), 470) >= good && right(lane('held', 'lower-rate'), end) < good
        );
      },
    },
    {
      words: 'four dead neurons raise the alert and do no harm',
      besides: true,
      holds: ({ opened }) => {
        const run = opened('few');
        return (
          run.fired('dead-neurons') !== undefined && right(run, run.step) >= right(run, faultAt - 1) - near
        );
      },
    },
  ],
  takeHome: { text: 'Its alert rule', drawer: 'rules' },
  beats: [
    {
      id: 'watch',
      stage: 'predict',
      say: (run) => [`${rightNow(run)} right.`, 'The small tiles show where each neuron is active.'],
      text: 'About 90 seconds, in four stages. Nothing is scored, every beat can be skipped, and who leaves keeps the run.',
      show: 'story',
      to: faultAt,
      pace: 60,
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      say: () => [
        'Fourteen of the 16 neurons of layer 1 are pushed below zero next.',
        'What will the ring become?',
      ],
      asks: [
        {
          id: 'shape',
          text: 'What will the ring become?',
          choices: [
            { id: 'smaller', text: 'a smaller ring', drawing: { surface: disk(0.25) } },
            { id: 'strip', text: 'a strip', drawing: { surface: strip } },
            { id: 'same', text: 'no change', drawing: { surface: disk(0.45) } },
          ],
          happened: (run) =>
            `It opened into a strip, ${percent(right(run.after('more') ?? run, dead))} right: two creases close no ring.`,
        },
      ],
      until: 'answered',
    },
    {
      id: 'break',
      stage: 'break',
      press: { fault: 'kill-relus' },
      say: (run) => [
        `${deadShare(run)} of layer 1 are dead, ${rightNow(run)} right.`,
        'Watch the tiles go out, and the ring.',
      ],
      text: 'Each bias sinks by 0.1 a step for 70 steps, until no example lifts the neuron above zero.',
      to: faultAt + 75,
      pace: 12,
      until: 'there',
    },
    {
      id: 'settle',
      stage: 'break',
      say: (run) => [
        `${deadShare(run)} of layer 1 are dead, ${rightNow(run)} right.`,
        'The push is over. It trains on.',
      ],
      to: dead + 1,
      pace: 60,
      until: 'there',
    },
    {
      id: 'find',
      stage: 'break',
      say: (run) => [
        `activation_mean fell from ${decimal(run.value('activation_mean', faultAt - 1, 1) ?? NaN)} to ${decimal(run.value('activation_mean', run.step, 1) ?? NaN)}.`,
        'Which layer is it?',
      ],
      asks: [
        {
          id: 'layer',
          text: 'Which layer died?',
          choices: [
            { id: '1', text: 'layer 1' },
            { id: '2', text: 'layer 2' },
          ],
          points: {
            at: 'layers',
            hint: 'Or press one of the tiles: it says what its input is.',
            words: (layer) => `layer ${layer}`,
          },
          happened: (run) => {
            const then = run.after('more') ?? run;
            return `Layer 1: ${deadShare(then)} dead. Layer 2: ${deadShare(then, 2)}.`;
          },
        },
      ],
      until: 'answered',
    },
    {
      id: 'diagnose',
      stage: 'explain',
      explains: true,
      say: () => ['Below zero on every example: the gradient is 0.', 'Would more training help?'],
      text: 'Press a crossed-out tile: the input of that neuron is below zero on all training examples.',
      until: { press: 'Give it 600 more steps' },
    },
    {
      id: 'more',
      stage: 'explain',
      explains: true,
      say: (run) => [
        `${percent(right(run, dead))} before, ${rightNow(run)} now.`,
        'It trains as fast as it can.',
      ],
      further: more,
      pace: 600,
      until: 'there',
    },
    {
      id: 'never',
      stage: 'explain',
      explains: true,
      say: (run) => [
        `${whole(more)} steps more: ${percent(right(run, dead))} before, ${rightNow(run)} now.`,
        'No gradient, no update, for ever.',
      ],
      text: 'Three remedies, from here, on copies of this run.',
      until: { press: 'Race all three' },
    },
    {
      id: 'race',
      stage: 'fix',
      say: () => ['Three copies, from here.', 'Which brings the ring back?'],
      card: 'race',
      race: {
        from: 'here',
        remedies,
        steps: raced,
        pace: 120,
        signal: 'validation_accuracy',
        verdict: cured,
      },
      until: 'raced',
    },
    {
      id: 'raced',
      stage: 'fix',
      explains: true,
      say: (seen) => [
        `Back: batch norm ${backWords(seen, 'batch-norm')}, LeakyReLU ${backWords(seen, 'leaky-relu')}, a lower rate ${backWords(seen, 'lower-rate')}.`,
        'A lower rate revives nobody.',
      ],
      card: 'race',
      until: { press: 'Would it have held?' },
    },
    {
      id: 'held',
      stage: 'fix',
      say: () => ['Each remedy is in before the push.', 'Then the same push, at the same steps.'],
      card: 'race',
      race: {
        from: 'before',
        remedies,
        steps: raced,
        pace: 120,
        signal: 'validation_accuracy',
        verdict: held,
      },
      until: 'raced',
    },
    {
      id: 'verdict',
      stage: 'fix',
      explains: true,
      say: ({ lane }) => {
        const low = (run: LaneFacts | undefined) => (run ? percent(lowest(run)) : '–');
        return [
          `At its lowest: batch norm ${low(lane('batch-norm'))}, LeakyReLU ${low(lane('leaky-relu'))}, a lower rate ${low(lane('lower-rate'))}.`,
          'Only what keeps a gradient comes back.',
        ];
      },
      card: 'race',
      until: { press: 'And if only 4 die?' },
    },
    {
      id: 'few',
      stage: 'fix',
      press: { recipe },
      say: () => ['The same run from its beginning.', 'This time four neurons are pushed, not fourteen.'],
      to: faultAt,
      pace: 'max',
      until: 'there',
    },
    {
      id: 'four',
      stage: 'fix',
      press: {
        fault: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units: 4, perStep: -0.1, steps: 70 },
      },
      say: (run) => [
        `${deadShare(run)} of layer 1 are dead, ${rightNow(run)} right.`,
        'Four neurons go out.',
      ],
      further: few,
      pace: 60,
      until: 'there',
    },
    {
      id: 'aside',
      stage: 'fix',
      explains: true,
      say: (run) => [
        `The alert fires at ${deadShare(run)} dead. ${percent(right(run, faultAt - 1))} were right before, ${rightNow(run)} are now.`,
        'An alert is not a harm. That is why the page shows both.',
      ],
      until: { press: 'One more question' },
    },
    {
      id: 'check',
      stage: 'fix',
      say: () => [
        'Your dead_neuron_ratio is 55 % after a ReLU layer, and accuracy is rising.',
        'Stop the run?',
      ],
      asks: [
        {
          id: 'stop',
          text: '55 % dead, and accuracy is rising. Stop the run?',
          choices: [
            { id: 'stop', text: 'Stop it' },
            { id: 'watch', text: 'Let it train, and watch accuracy' },
          ],
          happened: () => 'No: watch accuracy. While it rises, enough neurons are left.',
        },
      ],
      until: 'answered',
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: () => [
        'More training does not revive a dead neuron.',
        'Batch norm or LeakyReLU does; the alarm is on dead_neuron_ratio.',
      ],
      card: 'receipt',
      until: { press: 'Done' },
    },
  ],
} as const satisfies LessonBody;
