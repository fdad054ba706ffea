// Healthy controls, shared by all detectors: runs with nothing wrong, and with edits that do no harm.
import type { Recipe } from '../../core/recipe.ts';
import type { Change } from '../../core/change.ts';
import type { SettingsChange } from '../../core/settings.ts';
import type { Intervention } from '../../core/timeline.ts';
import { cosine } from '../../core/trigonometry.ts';
import { parseRecipe } from '../../data/index.ts';
import type { Draw } from './draw.ts';
import { digits, digitSteps, net } from './nets.ts';
import type { Trial } from './trial.ts';

const steps = 2000;

function edit(at: number, change: Change): Intervention {
  return { at, by: 'edit', change };
}

function set(at: number, settings: SettingsChange): Intervention {
  return edit(at, { kind: 'set', settings });
}

function plain(draw: Draw): Recipe {
  return net(draw);
}

/** One or two small changes of the rate, ×0.5 … ×1.5. */
function smallRateChanges(draw: Draw): Recipe {
  const times = Array.from({ length: draw.whole(1, 2) }, () => draw.whole(100, 1500)).sort((a, b) => a - b);
  const timeline = times.map((at) => edit(at, { kind: 'scale-rate', factor: 0.5 + draw.share() }));
  return { ...net(draw), timeline };
}

function schedule(draw: Draw): Recipe {
  const kind = draw.pick(['cosine', 'step']);
  return parseRecipe({
    ...net(draw),
    schedule: kind,
    warmUp: draw.pick([0, 50, 200]),
    scheduleSteps: kind === 'cosine' ? draw.whole(500, 2000) : draw.whole(300, 800),
    scheduleFactor: kind === 'cosine' ? 0.05 : draw.pick([0.3, 0.5]),
  });
}

/** Cosine with warm restarts (Loshchilov and Hutter 2017), as a rate set every 25 steps: down to a twentieth, and back at once. */
function warmRestarts(draw: Draw): Recipe {
  const recipe = net(draw);
  const cycle = draw.pick([300, 400, 600]);
  const every = 25;
  const timeline = Array.from({ length: Math.floor((steps - 1) / every) }, (_, index) => {
    const at = (index + 1) * every;
    const share = (1 + cosine((Math.PI * (at % cycle)) / cycle)) / 2;
    return set(at, { learningRate: recipe.learningRate * (0.05 + 0.95 * share) });
  });
  return { ...recipe, timeline };
}

/** Noisy gradients; the rate is scaled down with the batch. */
function smallBatches(draw: Draw): Recipe {
  const recipe = net(draw, { batches: [8, 16, 16] });
  return { ...recipe, learningRate: recipe.learningRate / 2 };
}

/** 1 to 5 % of wrong labels, from the start or from a step on. */
function labelNoise(draw: Draw): Recipe {
  const recipe = net(draw);
  const mislabelled = Math.round(recipe.train * (0.01 + 0.04 * draw.share()));
  return { ...recipe, timeline: [set(draw.pick([0, draw.whole(100, 1000)]), { mislabelled })] };
}

/** Weight decay, dropout, batch normalisation or clipping: what a careful person adds. */
function regularised(draw: Draw): Recipe {
  const extra = draw.pick<Partial<Recipe>>([
    { l2: 0.001 },
    { dropout: 0.1 },
    { batchNorm: true },
    { clipNorm: 1 },
  ]);
  return { ...net(draw), ...extra };
}

/** Fewer examples than usual, trained gently enough that they are not learnt by heart. */
function fewExamples(draw: Draw): Recipe {
  const recipe = net(draw, { optimizers: ['sgd', 'momentum'], batches: [32, 64] });
  return { ...recipe, train: draw.pick([300, 500]) };
}

const kinds: readonly (readonly [label: string, weight: number, recipe: (draw: Draw) => Recipe])[] = [
  ['plain', 8, plain],
  ['small rate changes', 4, smallRateChanges],
  ['schedule', 3, schedule],
  ['warm restarts', 3, warmRestarts],
  ['small batches', 3, smallBatches],
  ['label noise', 3, labelNoise],
  ['regularised', 3, regularised],
  ['few examples', 2, fewExamples],
  ['digits', 1, digits],
];

const byTurn = kinds.flatMap(([label, weight, recipe]) =>
  Array.from({ length: weight }, () => ({ label, recipe })),
);

/** The healthy control of this number: kinds take turns by their weights, so that a part of the list is like the whole. */
export function healthyTrial(number: number, draw: Draw): Trial {
  const { label, recipe } = byTurn[(number * 7) % byTurn.length] ?? { label: 'plain', recipe: plain };
  const made = recipe(draw);
  return { label, recipe: made, steps: made.data === 'mnist' ? digitSteps : steps, at: 0 };
}
