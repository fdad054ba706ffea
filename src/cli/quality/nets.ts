// The networks that are trained: datasets × widths × optimizers × batch sizes of playground size, all of which learn.
import type { Recipe } from '../../core/recipe.ts';
import { parseRecipe } from '../../data/index.ts';
import type { Draw } from './draw.ts';

type GeneratedSet = Partial<Recipe> & { readonly data: 'circle' | 'moons' | 'xor' | 'spiral' | 'blobs' };

const generated: readonly [GeneratedSet, ...GeneratedSet[]] = [
  { data: 'circle', noise: 0.3 },
  { data: 'moons', noise: 0.2 },
  { data: 'xor', noise: 0.2 },
  { data: 'spiral', noise: 0.15 },
  { data: 'blobs', noise: 0.45, classes: 4, loss: 'softmax-cross-entropy' },
];

const widths = [[16, 16], [16, 16], [24, 24], [12, 12], [32], [16, 16, 16]] as const;

/** Rates at which each optimizer learns these sets without trouble. */
const rates = {
  sgd: [0.05, 0.1, 0.2],
  momentum: [0.01, 0.02, 0.03],
  adam: [0.002, 0.005, 0.01],
} as const;

type Optimizer = keyof typeof rates;

export interface NetWishes {
  readonly data?: GeneratedSet['data'];
  readonly activation?: Recipe['activation'];
  readonly optimizers?: readonly [Optimizer, ...Optimizer[]];
  readonly hidden?: readonly number[];
  readonly batches?: readonly [number, ...number[]];
}

const anyOptimizer = ['sgd', 'sgd', 'momentum', 'adam'] as const;
const usualBatches = [32, 64, 128, 128, 256] as const;

/** A network on a generated set; what is not wished for is drawn. */
export function net(draw: Draw, wishes: NetWishes = {}): Recipe {
  const set = wishes.data ? generated.find(({ data }) => data === wishes.data) : draw.pick(generated);
  const optimizer = draw.pick(wishes.optimizers ?? anyOptimizer);
  return parseRecipe({
    ...set,
    seed: draw.seed,
    hidden: [...(wishes.hidden ?? draw.pick(widths))],
    activation: wishes.activation ?? draw.pick(['relu', 'relu', 'relu', 'relu', 'tanh', 'leaky-relu']),
    optimizer,
    learningRate: draw.pick(rates[optimizer]),
    batch: draw.pick(wishes.batches ?? usualBatches),
    train: draw.pick([1000, 2000, 2000]),
    validation: draw.pick([1000, 2000]),
  });
}

/** Digits, small enough to be trained by the dozen. */
export function digits(draw: Draw): Recipe {
  return parseRecipe({
    data: 'mnist',
    classes: 10,
    seed: draw.seed,
    train: 5000,
    validation: 500,
    hidden: [32],
    loss: 'softmax-cross-entropy',
    batch: 32,
    learningRate: draw.pick([0.05, 0.1]),
  });
}

export const digitSteps = 300;
