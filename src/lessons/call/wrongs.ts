// What can be wrong in a run that nobody labels: every kind of fault of the product, and settings that are bad from the start.
import type { Change } from '../../core/change.ts';
import type { Recipe } from '../../core/recipe.ts';
import { undrifted } from '../../core/stateFaults.ts';
import type { SignalId } from '../../signals/index.ts';
import type { Draw } from './draw.ts';

/** An answer to “What is wrong?”: the same list every day. */
export interface Wrong {
  readonly id: string;
  /** On the button that names it. */
  readonly text: string;
  /** Whether a network can have it. */
  readonly fits?: (recipe: Recipe) => boolean;
  readonly draw: (draw: Draw, recipe: Recipe) => Spoilt;
}

/** What is done to a healthy recipe: one entry on its timeline, and what of the recipe itself that needs. */
export interface Spoilt {
  /** Id of the fault, or `edit`. */
  readonly by: string;
  readonly change: Change;
  /** It is so from step 0 on. */
  readonly fromStart?: true;
  readonly recipe?: Partial<Recipe>;
  /** “the learning rate was multiplied by 12” */
  readonly told: string;
}

const hidden: readonly [readonly SignalId[], ...(readonly SignalId[])[]] = [
  ['validation_loss', 'validation_accuracy'],
  ['gradient_norm'],
  ['loss'],
];

function spoiltStart(draw: Draw): Spoilt {
  const [activation, low, high] = draw.oneOf([
    ['leaky-relu', 4, 6],
    ['tanh', 10, 14],
  ] as const);
  const initialScale = draw.between(low, high, 0.5);
  return {
    by: 'edit',
    change: { kind: 'set', settings: { initialScale } },
    fromStart: true,
    recipe: { activation },
    told: `the initial weights were ${initialScale} times too large`,
  };
}

function vanishing(): Spoilt {
  return {
    by: 'edit',
    change: { kind: 'set', settings: { activation: 'sigmoid' } },
    fromStart: true,
    recipe: { activation: 'tanh', hidden: [16, 16, 16, 16, 16] },
    told: 'five layers of sigmoids let no gradient through',
  };
}

export const wrongs = [
  {
    id: 'rate-high',
    text: 'The learning rate went up',
    draw: (draw) => {
      const factor = draw.between(8, 20, 1);
      return {
        by: 'raise-rate',
        change: { kind: 'scale-rate', factor },
        told: `the learning rate was multiplied by ${factor}`,
      };
    },
  },
  {
    id: 'rate-low',
    text: 'The learning rate is far too low',
    draw: () => ({
      by: 'edit',
      change: { kind: 'scale-rate', factor: 0.0001 },
      fromStart: true,
      told: 'the learning rate was a ten-thousandth of what it should be',
    }),
  },
  {
    id: 'batch',
    text: 'A bad batch went in',
    draw: (draw) => {
      const inputs = draw.between(3, 8, 0.5);
      return {
        by: 'bad-batch',
        change: { kind: 'corrupt-batch', inputs, swapped: true, steps: 1 },
        told: `one batch had its inputs multiplied by ${inputs} and its labels swapped`,
      };
    },
  },
  {
    id: 'dead',
    text: 'Neurons died',
    fits: ({ activation, hidden: layers }) => activation === 'relu' && layers.length > 0,
    draw: (draw, { hidden: [width = 1] }) => {
      const units = Math.ceil(width * draw.between(0.5, 1, 0.125));
      return {
        by: 'kill-relus',
        change: { kind: 'push-biases', layer: 1, units, perStep: -0.1, steps: 70 },
        told: `${units} of ${width} neurons of layer 1 were pushed below zero`,
      };
    },
  },
  {
    id: 'data',
    text: 'Too little data, or wrong labels',
    draw: (draw) => {
      const keep = draw.between(16, 40, 4);
      const mislabelled = draw.between(0, 6, 1);
      const labels = mislabelled > 0 ? `, ${mislabelled} of them mislabelled` : '';
      return {
        by: 'starve',
        change: { kind: 'set', settings: { keep, mislabelled } },
        told: `only ${keep} training examples were left${labels}`,
      };
    },
  },
  {
    id: 'users',
    text: 'Users send something else',
    draw: (draw) => {
      const shift = draw.between(1, 2.5, 0.25);
      const steps = draw.between(50, 250, 50);
      return {
        by: 'drift-inputs',
        change: { kind: 'drift', ...undrifted, shift, steps },
        told: `what users send moved by ${shift} σ over ${steps} steps`,
      };
    },
  },
  {
    id: 'dark',
    text: 'A signal went dark',
    draw: (draw) => {
      const unemitted = [...draw.oneOf(hidden)];
      return {
        by: 'hide-signals',
        change: { kind: 'set', settings: { unemitted } },
        told: `${unemitted.join(' and ')} ${unemitted.length === 1 ? 'was' : 'were'} no longer emitted`,
      };
    },
  },
  {
    id: 'telemetry',
    text: 'Too much telemetry',
    draw: () => ({
      by: 'instrument-everything',
      change: { kind: 'set', settings: { telemetry: 'per-weight' } },
      told: 'every weight, gradient, neuron and sample was emitted',
    }),
  },
  {
    id: 'start',
    text: 'It started badly',
    draw: (draw) => (draw.between(1, 3, 1) === 1 ? vanishing() : spoiltStart(draw)),
  },
] as const satisfies readonly Wrong[];

/** What is named where nothing is wrong. */
/** Who names this says that the run is healthy. */
export const nothingWrong = 'nothing';

/** What anybody can name, the same every day. */
export const answers: readonly { readonly id: string; readonly text: string }[] = [
  ...wrongs,
  { id: nothingWrong, text: 'Nothing is wrong' },
];
