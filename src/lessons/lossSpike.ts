// Loss spike: a learning rate that is too high from step 0, and works for hundreds of steps.
import { counted, decimal, percent, whole } from '../core/wording.ts';
import { parseRecipe } from '../data/index.ts';
import type { LaneFacts, LessonBody, RunFacts, Seen } from './lesson.ts';
import { lossBack, lossBefore, lossPeak } from './lossFacts.ts';
import { lessonSeeds } from './seeds.ts';

const id = 'loss-spike';
/** The run is watched up to `calm`; by `end` it has spiked and is back. */
const [calm, end, raced] = [420, 540, 600] as const;
/** Steps from the alert to the top of the loss, at most; and until it is back. */
const [toPeak, toBack] = [12, 40] as const;

const stepOf = (step: number | undefined): string => (step === undefined ? 'never' : whole(step));
const rate = (run: RunFacts): string =>
  String(Number((run.value('learning_rate', run.step) ?? NaN).toPrecision(3)));

/** How many times the loss before it the spike is at its top. */
function height(run: RunFacts): number {
  const fired = run.fired('loss-spike') ?? NaN;
  return lossPeak(run, fired, fired + toPeak).value / lossBefore(run, run.warned('loss-spike') ?? NaN);
}

/** Steps from the top until the loss is near where it was. */
function stepsBack(run: RunFacts): number | undefined {
  const fired = run.fired('loss-spike');
  if (fired === undefined) return undefined;
  const peak = lossPeak(run, fired, fired + toPeak);
  const limit = 3 * lossBefore(run, run.warned('loss-spike') ?? NaN);
  const back = lossBack(run, limit, peak.at, fired + toBack);
  return back === undefined ? undefined : back - peak.at;
}

function lead(run: RunFacts): number | undefined {
  const [warned, fired] = [run.warned('loss-spike'), run.fired('loss-spike')];
  return warned === undefined || fired === undefined ? undefined : fired - warned;
}

/** “gradient_norm crossed 5× at 486: 6 steps before the loss jumped.” */
function warning(run: RunFacts): string {
  const steps = lead(run);
  if (steps === undefined) return 'gradient_norm has not crossed 5× yet.';
  const when =
    steps === 0 ? 'in the step in which the loss jumped' : `${counted(steps, 'step')} before the loss jumped`;
  return `gradient_norm crossed 5× at ${stepOf(run.warned('loss-spike'))}: ${when}.`;
}

function spikes(lane: LaneFacts): string {
  const fired = lane.fired('loss-spike');
  return fired !== undefined && fired >= lane.from && fired <= lane.step
    ? `spikes at ${whole(fired)}`
    : 'no spike';
}

function raceWords({ lane }: Seen, remedy: 'divide-rate' | 'clip'): string {
  const run = lane(remedy);
  return run ? spikes(run) : 'not run';
}

export const lossSpike = {
  id,
  recipe: parseRecipe({
    data: 'spiral',
    noise: 0.08,
    activation: 'leaky-relu',
    optimizer: 'adam',
    learningRate: 0.004,
    momentum: 0.6,
    batch: 64,
    seed: lessonSeeds[id],
    timeline: [{ at: 0, by: 'raise-rate', change: { kind: 'scale-rate', factor: 10 } }],
  }),
  detector: 'loss-spike',
  steps: end + 1,
  expect: [
    {
      words: 'nothing is told before the question is asked',
      holds: ({ warned }) => (warned('loss-spike') ?? NaN) > calm + 15,
    },
    {
      words: 'the loss jumps while it is watched, four steps or more after the warning',
      holds: (run) => (run.fired('loss-spike') ?? NaN) <= end - toBack && (lead(run) ?? NaN) >= 4,
    },
    { words: 'it jumps at least fivefold', holds: (run) => height(run) >= 5 },
    { words: 'it is back soon', holds: (run) => (stepsBack(run) ?? NaN) <= toBack },
    { words: 'no neuron dies', holds: ({ fired }) => fired('dead-neurons') === undefined },
    {
      words: 'with a tenth of the rate it does not spike, with clipping it does',
      besides: true,
      holds: ({ lane }) =>
        lane('race', 'divide-rate').fired('loss-spike') === undefined &&
        lane('race', 'clip').fired('loss-spike') !== undefined,
    },
  ],
  takeHome: { text: 'Its alert rule', drawer: 'rules' },
  beats: [
    {
      id: 'watch',
      stage: 'predict',
      say: (seen) => [`Adam, learning rate ${rate(seen)}. The loss is falling.`, 'Looks fine?'],
      text: 'About 90 seconds, in four stages. Nothing is scored, every beat can be skipped, and who leaves keeps the run.',
      covers: ['happened'],
      show: 'charts',
      to: calm,
      pace: 60,
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      covers: ['happened'],
      say: ({ step }) => [`This rate has worked for ${counted(step + 1, 'step')}.`, 'What comes next?'],
      asks: [
        {
          id: 'next',
          text: 'What comes next?',
          choices: [
            { id: 'falls', text: 'The loss keeps falling' },
            { id: 'jumps', text: 'It jumps' },
            { id: 'creeps', text: 'It creeps up' },
          ],
          happened: (run) =>
            `It jumped to ${decimal(height(run))} times what it was, at step ${stepOf(run.fired('loss-spike'))}.`,
        },
        {
          id: 'first',
          text: 'If something breaks: which moves first?',
          choices: [
            { id: 'loss', text: 'training loss' },
            { id: 'gradient', text: 'gradient_norm' },
            { id: 'validation', text: 'validation accuracy' },
          ],
          happened: warning,
        },
      ],
      until: 'answered',
    },
    {
      id: 'break',
      stage: 'break',
      covers: ['happened'],
      say: (run) => {
        if (run.fired('loss-spike') !== undefined) return ['The loss jumps.', 'Nobody pressed anything.'];
        return run.warned('loss-spike') === undefined
          ? ['Nobody presses anything.', 'Watch the lamps.']
          : ['gradient_norm is over 5× its average.', 'Nothing is broken yet.'];
      },
      to: end,
      pace: 60,
      slows: true,
      until: 'there',
    },
    {
      id: 'find',
      stage: 'break',
      covers: ['happened'],
      say: (run) => {
        const back = stepsBack(run);
        return [
          back === undefined
            ? `The loss jumped ${decimal(height(run))}-fold.`
            : `The loss jumped ${decimal(height(run))}-fold, and was back ${counted(back, 'step')} later.`,
          'When would you have known?',
        ];
      },
      asks: [
        {
          id: 'known',
          text: 'Click the step at which you would have known.',
          choices: [],
          points: {
            at: 'steps',
            hint: 'In a chart or on the track; or choose it here.',
            words: (step) => `step ${whole(Number(step))}`,
          },
          happened: warning,
        },
      ],
      until: 'answered',
    },
    {
      id: 'reply',
      stage: 'explain',
      explains: true,
      say: (run) => {
        const you = run.answers['known'];
        return [you === undefined ? 'You: no step.' : `You: ${whole(Number(you))}.`, warning(run)];
      },
      text: 'Not in every run: with other seeds both move in the same step. A warning that comes first is luck worth having.',
      until: { press: 'Why then?' },
    },
    {
      id: 'diagnose',
      stage: 'explain',
      say: (run) => [
        `Why now, after ${counted(run.warned('loss-spike') ?? 0, 'good step')}?`,
        'What has changed?',
      ],
      asks: [
        {
          id: 'why',
          text: 'Why now?',
          choices: [
            { id: 'data', text: 'Bad data' },
            { id: 'rate', text: 'The rate is too high for this phase' },
            { id: 'small', text: 'Too few neurons' },
          ],
          happened: () => 'The rate was too high for this phase.',
        },
      ],
      until: 'answered',
    },
    {
      id: 'answer',
      stage: 'explain',
      explains: true,
      say: () => [
        'The rate did not change.',
        'The slope got steeper as the loss fell, and the same step became too long.',
      ],
      text: 'Two remedies, each from the last checkpoint before the spike, each for 600 steps of the same data.',
      until: { press: 'Race both' },
    },
    {
      id: 'race',
      stage: 'fix',
      say: () => [
        'Two copies of the run, from the last healthy checkpoint.',
        'One with a tenth of the rate, one with clipping.',
      ],
      card: 'race',
      race: {
        from: 'healthy',
        remedies: ['divide-rate', 'clip'],
        steps: raced,
        pace: 200,
        signal: 'loss',
        verdict: spikes,
      },
      until: 'raced',
    },
    {
      id: 'raced',
      stage: 'fix',
      explains: true,
      say: (seen) => [
        `A tenth of the rate: ${raceWords(seen, 'divide-rate')}. Clipping: ${raceWords(seen, 'clip')}.`,
        'Adam divides by the gradient’s own size, so clipping changes almost nothing here.',
      ],
      text: 'It would have stopped a bad batch: see the scenario “One bad batch”.',
      card: 'race',
      until: { press: 'One more question' },
    },
    {
      id: 'check',
      stage: 'fix',
      say: () => ['Four other runs, without their names.', 'Which is a loss spike?'],
      asks: [
        {
          id: 'which',
          text: 'Upper line: loss. Lower: right on validation. Which is a loss spike?',
          choices: [
            { id: 'dead', text: 'A', drawing: { scenario: 'dead-relu', from: 100, to: 700 } },
            { id: 'healthy', text: 'B', drawing: { scenario: 'spiral', from: 100, to: 700 } },
            { id: 'spike', text: 'C', drawing: { scenario: 'rate-raised', from: 100, to: 700 } },
            { id: 'overfit', text: 'D', drawing: { scenario: 'overfit-label-noise', from: 100, to: 700 } },
          ],
          happened: () =>
            'C. A: neurons died, and it stays bad. B: healthy. D: training falls on while validation gets worse.',
        },
      ],
      until: 'answered',
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: (run) => {
        const steps = run.after('find') && lead(run.after('find') ?? run);
        return [
          steps === undefined ? 'No warning.' : `${counted(steps, 'step')} of warning.`,
          `Right on validation: ${percent(run.value('validation_accuracy', run.step) ?? NaN)}. Put an alarm on gradient_norm.`,
        ];
      },
      card: 'receipt',
      until: { press: 'Done' },
    },
  ],
} as const satisfies LessonBody;
