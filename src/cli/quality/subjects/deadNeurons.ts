// Dead neurons: biases pushed below what the data can lift, rates that overshoot, biases that start too low.
import type { Draw } from '../draw.ts';
import { digits, digitSteps, net, type NetWishes } from '../nets.ts';
import type { Effect, Trial } from '../trial.ts';
import { truthFrom } from '../truth.ts';
import { hasActivation, rateFactor, settingsOf } from './causes.ts';
import { fault, withTimeline, type Kind, type Subject } from './subject.ts';

/** Steps from the fault to the end: small networks that heal have healed after some 400. */
const after = 800;
/** Looks before the end: a unit that is silent at all of them is dead from some step to the end. */
const lastLooks = [150, 100, 50, 0] as const;
const share = 0.2;
const fewest = 2;

type Silent = readonly (readonly boolean[])[];

/** Units of each layer that were silent at every look. */
function dead(looks: readonly Silent[]): readonly number[] {
  const [first = [], ...rest] = looks;
  return first.map(
    (units, layer) =>
      units.filter((silent, unit) => silent && rest.every((look) => look[layer]?.[unit] === true)).length,
  );
}

/**
 * In some layer at least a fifth and at least two of the units are zero on every training example from some look to the end: effective
 * where they are more than in the twin. Where they are not, neurons die in healthy runs of this recipe too, and nobody can say that an alarm
 * is false.
 */
export function judgeSilent(run: readonly Silent[], twin: readonly Silent[]): Effect {
  const widths = run[0]?.map((units) => units.length) ?? [];
  const [ofRun, ofTwin] = [dead(run), dead(twin)];
  const deadLayers = ofRun.flatMap((count, layer) =>
    count >= fewest && count >= share * (widths[layer] ?? Infinity) ? [layer] : [],
  );
  if (deadLayers.length === 0) return 'none';
  return deadLayers.some((layer) => (ofRun[layer] ?? 0) > (ofTwin[layer] ?? 0)) ? 'effective' : 'unclear';
}

const reluWishes: NetWishes = { activation: 'relu' };

function pushed(draw: Draw, unitShare: number, perStep: number, steps: number): Omit<Trial, 'label'> {
  const recipe = net(draw, reluWishes);
  const layer = draw.whole(1, recipe.hidden.length);
  const units = Math.max(fewest, Math.round((recipe.hidden[layer - 1] ?? 0) * unitShare));
  const at = draw.whole(200, 900);
  const entry = fault(at, 'kill-relus', { kind: 'push-biases', layer, units, perStep, steps });
  return { recipe: withTimeline(recipe, entry), at, steps: at + after };
}

function shocked(draw: Draw): Omit<Trial, 'label'> {
  const recipe = net(draw, { ...reluWishes, optimizers: ['sgd', 'momentum'] });
  const at = draw.whole(200, 900);
  const factor = draw.pick([30, 100]);
  const entries = [fault(at, 'raise-rate', { kind: 'scale-rate', factor })];
  if (draw.chance(0.5)) entries.push(fault(at + 20, 'edit', { kind: 'scale-rate', factor: 1 / factor }));
  return { recipe: withTimeline(recipe, ...entries), at, steps: at + after };
}

function bornDead(draw: Draw): Omit<Trial, 'label'> {
  const recipe = net(draw, reluWishes);
  const initialBias = -1 - 2 * draw.share();
  const entry = fault(0, 'low-biases', { kind: 'set', settings: { initialBias } });
  return { recipe: withTimeline(recipe, entry), at: 0, steps: after };
}

function digitsPushed(draw: Draw): Omit<Trial, 'label'> {
  const at = draw.whole(50, 120);
  const change = { kind: 'push-biases', layer: 1, units: 28, perStep: -0.2, steps: 70 } as const;
  return { recipe: withTimeline(digits(draw), fault(at, 'kill-relus', change)), at, steps: digitSteps };
}

const kinds: readonly Kind[] = [
  { label: 'most, −0.1 for 70 steps', weight: 5, make: (draw) => pushed(draw, 7 / 8, -0.1, 70) },
  { label: 'half, −0.1 for 100 steps', weight: 4, make: (draw) => pushed(draw, 0.5, -0.1, 100) },
  { label: 'a quarter, −5 at once', weight: 3, make: (draw) => pushed(draw, 0.25, -5, 1) },
  { label: 'most, −5 at once', weight: 3, make: (draw) => pushed(draw, 7 / 8, -5, 1) },
  { label: 'rate ×30 or ×100', weight: 4, make: shocked },
  { label: 'biases start at −1 to −3', weight: 3, make: bornDead },
  { label: 'digits, most, −0.2 for 70 steps', weight: 1, make: digitsPushed },
];

export const deadNeurons = {
  id: 'dead-neurons',
  trials: 190,
  kinds,
  concerns: (change, recipe) =>
    hasActivation(recipe, 'relu') &&
    ((change.kind === 'push-biases' && change.perStep < 0) ||
      rateFactor(change, recipe) >= 10 ||
      (settingsOf(change).initialBias ?? 0) < 0),
  truth: (trial) =>
    truthFrom(
      trial,
      lastLooks.map((before) => trial.steps - before),
      (glass) => glass.silentUnits(),
      judgeSilent,
    ),
  judgesControls: true,
} as const satisfies Subject;
