// Drift: users change, every training and validation figure stays, and an alarm on inputs tells neither all nor only what harms.
import { decimal, percent } from '../core/wording.ts';
import { undrifted } from '../core/stateFaults.ts';
import { parseRecipe } from '../data/index.ts';
import type { LessonBody, RunFacts, Seen } from './lesson.ts';
import { lessonSeeds } from './seeds.ts';

const id = 'input-shift';
/** Users move from `faultAt` to `moved`. On XOR they move at once, and are watched for `watched` steps. */
const [faultAt, moved, watched] = [400, 700, 60] as const;
const shift = 1.25;

const seed = lessonSeeds[id];
const recipe = parseRecipe({ seed });
const xor = parseRecipe({ data: 'xor', noise: 0.1, seed });
const drift = (to: object) => ({ kind: 'drift', ...undrifted, steps: 1, ...to }) as const;

const right = (run: Pick<RunFacts, 'value'>, step: number): number =>
  run.value('validation_accuracy', step) ?? NaN;
const kl = (run: Pick<RunFacts, 'value'>, step: number): number =>
  run.value('input_kl_divergence', step) ?? NaN;
const rightNow = (run: RunFacts): string => percent(right(run, run.step));
const klNow = (run: RunFacts): string => decimal(kl(run, run.step));
const production = ({ production: share }: Seen): string =>
  share === undefined ? 'being judged …' : percent(share);

/** Share of the evaluations before anybody moves that are over a limit often used. */
function over(run: RunFacts, signal: 'input_kl_batch' | 'input_kl_divergence'): number {
  const steps = Array.from({ length: faultAt / recipe.validateEvery }, (_, k) => k * recipe.validateEvery);
  return steps.filter((step) => (run.value(signal, step) ?? NaN) > 0.1).length / steps.length;
}

/** What was seen at the end of a beat, in the words of a receipt. */
function caseWords(run: Seen, beat: string): string {
  const then = run.after(beat);
  return then ? `KL ${klNow(then)}, ${production(then)} right in production.` : 'It was skipped.';
}

const cells = [
  { id: 'alarm-harm', text: 'alarm, and harm' },
  { id: 'alarm-fine', text: 'alarm, no harm' },
  { id: 'quiet-harm', text: 'no alarm, harm' },
  { id: 'quiet-fine', text: 'no alarm, no harm' },
] as const;

const place = (question: string, text: string, beat: string) => ({
  id: question,
  text,
  choices: cells,
  happened: (run: Seen) => caseWords(run, beat),
});

export const inputShift = {
  id,
  recipe,
  detector: 'input-shift',
  steps: moved + 1,
  expect: [
    { words: 'it has learned before anybody moves', holds: (run) => right(run, faultAt - 1) > 0.89 },
    {
      words: 'validation stays as it was',
      holds: (run) => Math.abs(right(run, moved) - right(run, faultAt - 1)) <= 0.02,
    },
    {
      words: 'the alarm comes while users move, and no other',
      holds: ({ fired }) =>
        (fired('input-shift') ?? NaN) > faultAt &&
        (fired('input-shift') ?? NaN) < moved &&
        fired('loss-spike') === undefined &&
        fired('overfit') === undefined,
    },
    {
      words: 'the divergence climbs from its floor to more than half a nat',
      holds: (run) => kl(run, faultAt - 1) < 0.05 && kl(run, moved) > 0.5,
    },
    {
      words: 'most batches of 32 are over 0.1 before anybody moves, and no window of 512 is',
      holds: (run) => over(run, 'input_kl_batch') > 0.6 && over(run, 'input_kl_divergence') === 0,
    },
    {
      words: 'a quarter turn of XOR moves no divergence, twice the size does',
      besides: true,
      holds: ({ opened }) => {
        const run = opened('xor');
        return kl(run, faultAt + watched - 1) < 0.06 && kl(run, faultAt + 2 * watched - 1) > 0.3;
      },
    },
  ],
  takeHome: { text: 'Its alert rule', drawer: 'rules' },
  beats: [
    {
      id: 'watch',
      stage: 'predict',
      say: (run) => [`${rightNow(run)} right on validation.`, 'How much is right for users, nobody sees.'],
      text: 'About 90 seconds, in four stages. Nothing is scored, every beat can be skipped, and who leaves keeps the run.',
      show: 'story',
      to: faultAt,
      pace: 60,
      until: 'there',
    },
    {
      id: 'predict',
      stage: 'predict',
      say: () => ['Users start to send a larger x₁.', 'Which number falls?'],
      asks: [
        {
          id: 'falls',
          text: 'Users send a larger x₁. Which number falls?',
          choices: [
            { id: 'validation', text: 'validation accuracy' },
            { id: 'loss', text: 'training loss' },
            { id: 'none', text: 'none that you emit' },
          ],
          happened: (run) => {
            const then = run.after('break');
            return then
              ? `Validation accuracy: ${percent(right(then, faultAt - 1))} before, ${rightNow(then)} after.`
              : 'It was skipped.';
          },
        },
      ],
      until: 'answered',
    },
    {
      id: 'break',
      stage: 'break',
      press: { fault: 'drift-inputs' },
      say: (run) => [
        `KL ${klNow(run)}. Right on validation: ${rightNow(run)}.`,
        'Triangles are what users send: they walk out of the ring.',
      ],
      to: moved + 1,
      pace: 60,
      until: 'there',
    },
    {
      id: 'find',
      stage: 'break',
      unseals: true,
      say: () => ['Now the seal is open.', 'Move users yourself. Where would you page someone?'],
      text: 'Both figures follow within some steps.',
      card: 'shift',
      asks: [
        {
          id: 'page',
          text: 'Where would you page someone?',
          choices: [],
          happened: (run) => {
            const over = run.after('windows');
            return `At KL ${run.answers['page'] ?? '–'}; undrifted windows lie near ${decimal(kl(over ?? run, faultAt - 1))}.`;
          },
        },
      ],
      further: 'on',
      pace: 60,
      until: 'answered',
    },
    {
      id: 'windows',
      stage: 'explain',
      explains: true,
      press: { fault: 'drift-inputs', change: drift({ shift }) },
      say: () => [
        'The same divergence, before anybody had moved.',
        'A limit means nothing without a sample size.',
      ],
      card: 'windows',
      further: 20,
      until: { press: 'Go on' },
    },
    {
      id: 'offer',
      stage: 'fix',
      say: (run) => [
        `Right on validation ${rightNow(run)}, in production ${production(run)}.`,
        'The validation set still holds what users sent before.',
      ],
      until: { press: 'Refresh it from production' },
    },
    {
      id: 'refresh',
      stage: 'fix',
      press: { remedy: 'refresh-validation' },
      say: (run) => [
        `Right on validation: ${rightNow(run)}.`,
        'Now it tells the truth. It does not make the answers right.',
      ],
      text: 'For that, the network has to be trained on labelled examples of what users send.',
      further: 40,
      pace: 60,
      until: 'there',
    },
    {
      id: 'truth',
      stage: 'fix',
      explains: true,
      say: (run) => [
        `Right on validation ${rightNow(run)}, in production ${production(run)}.`,
        'Now validation tells the truth; the answers are as wrong as before.',
      ],
      text: 'To make them right, train on labelled examples of what users send.',
      until: { press: 'And on other data?' },
    },
    {
      id: 'xor',
      stage: 'fix',
      press: { recipe: xor },
      say: (run) => [`Another task, XOR: ${rightNow(run)} right.`, 'Users will turn it by 90°.'],
      to: faultAt,
      pace: 600,
      until: 'there',
    },
    {
      id: 'turn',
      stage: 'fix',
      press: { fault: 'drift-inputs', change: drift({ rotate: 90 }) },
      unseals: true,
      say: (run) => [`KL ${klNow(run)}. Right in production: ${production(run)}.`, 'Users turned by 90°.'],
      further: watched,
      pace: 60,
      until: 'there',
    },
    {
      id: 'turned',
      stage: 'fix',
      explains: true,
      say: (run) => [
        `KL ${klNow(run)}. Right in production: ${production(run)}.`,
        'Each input is distributed as before. No input statistic can see this; only labels can.',
      ],
      until: { press: 'Twice as large instead' },
    },
    {
      id: 'scale',
      stage: 'fix',
      press: { fault: 'drift-inputs', change: drift({ scale: 2 }) },
      say: (run) => [
        `KL ${klNow(run)}. Right in production: ${production(run)}.`,
        'Users are twice as far out.',
      ],
      further: watched,
      pace: 60,
      until: 'there',
    },
    {
      id: 'scaled',
      stage: 'fix',
      explains: true,
      say: (run) => [
        `KL ${klNow(run)}. Right in production: ${production(run)}.`,
        'An alarm, and no harm: each point is still in its own quadrant.',
      ],
      until: { press: 'Place the cases' },
    },
    {
      id: 'check',
      stage: 'fix',
      say: () => ['Four cases that you have seen.', 'Where does each belong?'],
      card: 'square',
      asks: [
        place('ring', `ring, x₁ + ${shift} σ`, 'offer'),
        place('turned', 'XOR, turned by 90°', 'turned'),
        place('scaled', 'XOR, twice as large', 'scaled'),
        {
          ...place('still', 'nobody moved', 'predict'),
          happened: (run) =>
            `KL ${decimal(kl(run.after('predict') ?? run, faultAt - 1))}: no alarm, and as many right as on validation.`,
        },
      ],
      until: 'answered',
    },
    {
      id: 'receipt',
      stage: 'fix',
      say: (run) => [
        `KL ${klNow(run.after('turned') ?? run)} with ${production(run.after('turned') ?? run)} right; KL ${klNow(run.after('scaled') ?? run)} with ${production(run.after('scaled') ?? run)}.`,
        'An alarm on inputs tells of a change. Only labels tell of a harm: label a sample of what users send.',
      ],
      card: 'receipt',
      until: { press: 'Done' },
    },
  ],
} as const satisfies LessonBody;
