// What one timeline entry may change: settings, weights, mini-batches, or what users send.
import * as v from 'valibot';
import { real, whole } from './ranges.ts';
import { settingsChangeSchema } from './settingsSchema.ts';

const farStep = 0xfffffff;

export const step = v.pipe(
  v.number('must be a step: a whole number, 0 or more'),
  v.integer('must be a step: a whole number, 0 or more'),
  v.minValue(0, 'must be a step: a whole number, 0 or more'),
  v.maxValue(farStep, 'must be a step below 268435456'),
);

const stepCount = whole(1, 100000);

const kinds = [
  /** Sets some settings, from then on. */
  v.strictObject({ kind: v.literal('set'), settings: settingsChangeSchema }),
  /** Multiplies the learning rate in force, from then on. */
  v.strictObject({ kind: v.literal('scale-rate'), factor: real(1e-6, 1e6) }),
  /** Adds `perStep` to the biases of `units` units of hidden layer `layer` (1 = first), before each of `steps` steps. */
  v.strictObject({
    kind: v.literal('push-biases'),
    layer: whole(1, 6),
    units: whole(1, 512),
    perStep: real(-1000, 1000),
    steps: stepCount,
  }),
  /**
   * Spoils the mini-batches of `steps` steps: inputs times `inputs`, and with `swapped` the label of the next class on every example. Bound
   * to its steps: a run that passes there again meets it again, unless it skips them.
   */
  v.strictObject({
    kind: v.literal('corrupt-batch'),
    inputs: real(-1000, 1000),
    swapped: v.boolean('must be true or false'),
    steps: stepCount,
  }),
  /** Leaves spoilt examples of steps `from` … `from` + `steps` − 1 out: their mini-batches are clean. */
  v.strictObject({ kind: v.literal('skip-batches'), from: step, steps: stepCount }),
  /** Draws the weights of dead units anew. Opens a run: weights change at its start alone. */
  v.strictObject({ kind: v.literal('reinitialise') }),
  /** Draws all weights as a new network's are, at the standard scale. Opens a run, too. */
  v.strictObject({ kind: v.literal('initialise') }),
  /** What users send moves, in a straight line over `steps` steps, to the given differences from the validation set's distribution. */
  v.strictObject({
    kind: v.literal('drift'),
    /** Added to the first feature, in its standard deviations (images: to every pixel, in tenths of full brightness). */
    shift: real(-10, 10),
    /** Factor on all inputs. */
    scale: real(0, 10),
    /** Degrees, about the centre. */
    rotate: real(-360, 360),
    /** Standard deviation of noise added to every feature, in that feature's own. */
    noise: real(0, 10),
    /** Share of examples of class 0; 0 = as in the data. */
    prior: real(0, 1),
    steps: stepCount,
  }),
] as const;

const names = kinds.map(({ entries }) => entries.kind.literal);

export const changeSchema = v.variant(
  'kind',
  [...kinds],
  `must be a ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`,
);

export type Change = v.InferOutput<typeof changeSchema>;
export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;
