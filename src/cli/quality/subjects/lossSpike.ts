// Loss spikes: the rate raised for good or for a while, a spoilt batch, and a rate that works for some hundred steps.
import type { Recipe } from '../../../core/recipe.ts';
import { lossSpike as workedFor500Steps } from '../../../scenarios/lossSpike.ts';
import type { Draw } from '../draw.ts';
import { digits, net, type NetWishes } from '../nets.ts';
import type { Trial } from '../trial.ts';
import type { Truth } from '../truth.ts';
import { grownTruth } from './grownSpike.ts';
import { rateFactor } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

/** Steps after the fault within which the loss must leave the twin's, and an alarm must come. */
const within = 100;
const steepest = 1.5;
const least = 0.2;

/** Every step while most spikes last, every third later. */
function looks(at: number): readonly number[] {
  const near = Array.from({ length: 24 }, (_, k) => at + 1 + k);
  const far = Array.from({ length: 25 }, (_, k) => at + 27 + 3 * k);
  return [...near, ...far].filter((step) => step <= at + within);
}

/**
 * The loss over the whole training set exceeds 1.5× the twin's and by more than 0.2 within 100 steps of the fault. NaN counts as
 * exceeding.
 */
function suddenTruth(trial: Trial): Truth {
  const steps = looks(trial.at);
  let left = false;
  return {
    needsTwin: true,
    nextLook: (step) => (left ? Infinity : (steps.find((look) => look >= step) ?? Infinity)),
    look: async (_, run, twin) => {
      const usual = await twin.trainLoss();
      const loss = await run.trainLoss();
      left = Number.isFinite(usual) && !(loss <= Math.max(steepest * usual, usual + least));
    },
    verdict: () => ({
      effect: left ? 'effective' : 'none',
      from: trial.at,
      early: 0,
      until: trial.at + within,
    }),
  };
}

/** What the gradual kind is called; its truth differs. */
const grown = 'worked for 500 steps';

function made(recipe: Recipe, at: number, ...entries: Parameters<typeof fault>[]): Omit<Trial, 'label'> {
  return { recipe: withTimeline(recipe, ...entries.map((entry) => fault(...entry))), at, steps: at + within };
}

function raised(factor: number, wishes: NetWishes = {}) {
  return (draw: Draw) => {
    const at = draw.whole(150, 900);
    return made(net(draw, wishes), at, [at, 'raise-rate', { kind: 'scale-rate', factor }]);
  };
}

function raisedForAWhile(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(150, 900);
  const [factor, steps] = [draw.pick([10, 30]), draw.pick([5, 20])];
  return made(
    net(draw),
    at,
    [at, 'raise-rate', { kind: 'scale-rate', factor }],
    [at + steps, 'edit', { kind: 'scale-rate', factor: 1 / factor }],
  );
}

function badBatch(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(150, 900);
  const change = {
    kind: 'corrupt-batch',
    inputs: draw.pick([3, 10, 30]),
    swapped: draw.chance(0.7),
    steps: draw.pick([1, 1, 3]),
  } as const;
  return made(net(draw), at, [at, 'bad-batch', change]);
}

function digitsRaised(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(80, 180);
  return made(digits(draw), at, [at, 'raise-rate', { kind: 'scale-rate', factor: draw.pick([10, 30]) }]);
}

/** The scenario of this name, on other seeds: nobody presses anything after step 0, and instability grows until the loss jumps. */
function tooHighFromTheStart(draw: Draw): Omit<Trial, 'label'> {
  const { recipe, steps } = workedFor500Steps;
  return { recipe: { ...recipe, seed: draw.seed }, at: 0, steps };
}

/** Under Adam ×10 does nothing that lasts; under plain SGD it throws most networks. */
const steep: NetWishes = { optimizers: ['sgd', 'sgd', 'momentum'] };

const kinds: readonly Kind[] = [
  { label: 'rate ×10', weight: 5, make: raised(10, steep) },
  { label: 'rate ×30', weight: 4, make: raised(30) },
  { label: 'rate ×100', weight: 3, make: raised(100) },
  { label: 'rate ×10 or ×30 for 5 or 20 steps', weight: 3, make: raisedForAWhile },
  { label: 'bad batch', weight: 3, make: badBatch },
  { label: grown, weight: 3, make: tooHighFromTheStart },
  { label: 'digits, rate ×10 or ×30', weight: 1, make: digitsRaised },
];

export const lossSpike = {
  id: 'loss-spike',
  trials: 252,
  kinds,
  concerns: (change, recipe) => change.kind === 'corrupt-batch' || rateFactor(change, recipe) >= 3,
  truth: (trial) => (trial.at === 0 ? grownTruth(trial) : suddenTruth(trial)),
  judgesControls: false,
} as const satisfies Subject;
